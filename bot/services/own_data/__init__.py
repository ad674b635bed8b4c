"""One's own data: shown whole, and forgotten (product.md 9)."""
