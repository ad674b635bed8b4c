"""The page about jobs says what the code does."""

from pathlib import Path

from bot.domain.job_kinds import JobKind
from bot.scheduling.reference import reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "jobs.md"


def test_the_page_is_what_the_code_says() -> None:
    """`python -m bot.scheduling.reference > docs/jobs.md` makes it anew."""
    assert PAGE.read_text("utf-8") == reference()


def test_every_kind_says_what_it_is_for_in_one_line() -> None:
    for line in reference().splitlines()[-len(JobKind) :]:
        _, kind, said, _, _, late, _ = (part.strip() for part in line.split("|"))
        assert kind.strip("`") in set(JobKind)
        assert said.endswith((".", "?"))
        assert late
