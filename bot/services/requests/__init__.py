"""Asking for a session, and finding who helps (product.md 1)."""
