"""What comes in, before anybody listens: its shape, where it is from, who it is, and once only."""
