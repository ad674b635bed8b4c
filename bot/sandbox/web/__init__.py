"""The page in a browser: its files, what it reads, what it may do, and its feed."""
