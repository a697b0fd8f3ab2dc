"""What all pages share: frame, components, template tags, and how views answer."""
