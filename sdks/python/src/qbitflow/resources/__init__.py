"""What a client can do, a thing per file."""
