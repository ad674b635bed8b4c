"""Programmes: made by leads, joined by people (product.md 2.1, 2.2)."""
