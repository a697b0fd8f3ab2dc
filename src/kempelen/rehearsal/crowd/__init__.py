"""A simulated crowd: workers who find, accept, fill in and submit HITs over HTTP, from a plan and a seed."""
