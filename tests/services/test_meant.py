"""Boxes ticked faster than the message is drawn anew: nothing that was ticked is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.services.sessions.preparing import meant

KEYS = "abcde"
steps = st.lists(st.one_of(st.sampled_from(KEYS), st.just("drawn")), max_size=12)


@given(steps)
def test_every_box_is_as_it_was_last_clicked(steps: list[str]) -> None:
    """Each box is clicked at most once; between clicks the message may be drawn anew, late."""
    known: set[str] = set()  # what Lantern knows
    late: set[str] = set()  # what it knew when the drawing that arrives next was made
    drawn: set[str] = set()  # what the person's screen began with
    screen: set[str] = set()
    clicked: set[str] = set()
    for step in steps:
        if step == "drawn":
            drawn, screen, late = set(late), set(late), set(known)
        elif step not in clicked:
            clicked.add(step)
            screen ^= {step}
            known = meant(known, set(screen), drawn)
    assert known == clicked


def test_a_box_ticked_and_unticked_at_once() -> None:
    assert meant({"a", "b"}, {"b"}, set()) == {"b"}


def test_a_message_that_says_nothing_of_its_boxes_is_believed() -> None:
    assert meant({"a", "b"}, {"c"}, None) == {"c"}
