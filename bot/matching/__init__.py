"""Pure matching: facts in, scored pairs with their reasons out."""
