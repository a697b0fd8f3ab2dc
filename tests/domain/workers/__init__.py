"""What a requester knows of workers, and does with many of them."""
