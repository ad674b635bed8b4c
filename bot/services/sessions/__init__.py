"""The conversation of one match, from the introduction to the thank-you (product.md 3)."""
