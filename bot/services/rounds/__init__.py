"""Rounds: announced, planned, reviewed by leads, opened (product.md 2.3 to 2.7)."""
