"""Whatever comes in, nothing breaks, nothing is forged and nothing is told to the log.

`python -m tests.hostile --examples 50000` looks longer than the suite does.
"""
