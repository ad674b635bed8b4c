"""What tests share: databases, facts, clocks, and fakes that record."""
