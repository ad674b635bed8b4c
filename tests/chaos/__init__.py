"""A programme's year under fire: processes killed, Slack on bad days, and a record to compare.

`python -m tests.chaos --kills 1000 --processes 3`; a short run of it is in the suite.
"""
