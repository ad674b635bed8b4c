"""What grows from a session: keeping in touch, formal relationships, series (product.md 5, 6)."""
