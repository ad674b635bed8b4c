"""What leads take in and out: the queue, reports, lists of people (product.md 2.6, 2.8)."""
