"""A rule that says no. The key says which rule; the templates know the sentence."""


class RuleBroken(Exception):
    """Something a person asked for is against a rule.

    `key` names the rule ("time_past", "offer_over", …) and chooses the sentence; `field` is the
    field of the form at which it is shown, None when it belongs to none; `facts` are what the
    sentence may mention (a limit, a time), never what somebody wrote in confidence.
    """

    def __init__(self, key: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.facts: dict[str, object] = facts

    def at(self, field: str) -> "RuleBroken":
        """The same rule, shown at `field`; for callers who know which field was read."""
        self.field = field
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key!r}, field={self.field!r}, facts={self.facts!r})"


class NotAllowed(RuleBroken):
    """A change of state that the table of transitions does not have (see `states.advance`)."""
