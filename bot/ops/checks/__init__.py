"""What the doctor looks at, a file for each part of the house.

A check returns words for how it is, or raises `Wrong` with words for what to do.
"""


class Wrong(Exception):
    """A check that failed; the text says what to do."""
