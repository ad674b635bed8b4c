"""The pictures of a report: what is in them, what is not, and that they can be read."""

import subprocess
import sys
from datetime import date
from gettext import NullTranslations
from io import BytesIO

import pytest
from PIL import Image

from bot.domain.report import STEPS, Cells, Count, Month, Report, suppressed
from bot.slack.charts import ALT_MOST, draw
from bot.slack.charts.canvas import BLUE, EDGE, INK, PAPER, SOFT, WIDTH, Canvas


def months(*people: int) -> tuple[Month, ...]:
    return tuple(
        Month(date(2024 + place // 12, place % 12 + 1, 1), Count(some, some))
        for place, some in enumerate(people)
    )


def cells(**facts: object) -> Cells:
    return suppressed(Report("Flash", date(2026, 1, 1), date(2026, 6, 30), **facts))  # type: ignore[arg-type]


FULL = cells(
    **{name: Count(60 - 9 * place, 60 - 9 * place) for place, name in enumerate(STEPS)},
    by_month=months(9, 2, 14, 30, 8, 22),
    load=(0, 1, 1, 2, 3) * 6,
    days_to_session=(1, 2, 3, 5, 8, 13) * 5,
)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def pixels(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def colours(png: bytes) -> set[tuple[int, int, int]]:
    found = pixels(png).getcolors(1 << 20)
    assert found is not None
    return {colour for _, colour in found if isinstance(colour, tuple)}  # type: ignore[misc]


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def test_a_full_report_has_three_pictures_that_say_it_all_in_words() -> None:
    steps, by_month, load = draw(FULL)
    assert [one.name for one in (steps, by_month, load)] == ["steps.png", "months.png", "load.png"]
    assert steps.alt == (
        "From asking to going on (Flash, 1 Jan 2026 – 30 Jun 2026). Asked: 60; Matched: 51; "
        "Prepared: 42; Held: 33; Thanked: 24; Going on: 15."
    )
    assert by_month.alt == (
        "Sessions held each month (Flash, 1 Jan 2026 – 30 Jun 2026). Jan 2024: 9; "
        "Feb 2024: not shown; Mar 2024: 14; Apr 2024: 30; May 2024: not shown; Jun 2024: 22. "
        "Hatched: fewer than 5 people, or hidden so that such a number cannot be worked out."
    )
    assert load.alt == (
        "Sessions held by each mentor (Flash, 1 Jan 2026 – 30 Jun 2026). Number of mentors: "
        "None: 6; 1 session: 12; 2 sessions: 6; 3 or more: 6. Days from asking to the talk: "
        "median 4. Half of them took 2 to 8 days."
    )


def test_the_same_report_gives_the_same_bytes() -> None:
    assert draw(FULL) == draw(FULL)


def test_nothing_but_the_picture_is_in_the_file() -> None:
    for picture in draw(FULL):
        assert set(Image.open(BytesIO(picture.png)).info) <= {"dpi"}


def test_pictures_are_twice_as_wide_as_a_phone_and_fill_their_paper() -> None:
    for picture in draw(FULL):
        image = pixels(picture.png)
        assert image.width == 2 * WIDTH
        assert image.height < 2 * image.width
        # Nothing is cut off: just inside the edge there is paper all round.
        for box in (
            (4, 4, image.width - 4, 12),
            (4, image.height - 12, image.width - 4, image.height - 4),
            (4, 4, 12, image.height - 4),
            (image.width - 12, 4, image.width - 4, image.height - 4),
        ):
            assert image.crop(box).getcolors() == [
                ((box[2] - box[0]) * (box[3] - box[1]), rgb(PAPER))
            ]


@pytest.mark.parametrize("colour", [INK, SOFT, BLUE])
def test_everything_stands_out_from_the_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


@pytest.mark.parametrize("theme", ["#FFFFFF", "#1A1D21"])
def test_the_card_stands_out_from_either_theme(theme: str) -> None:
    assert contrast(EDGE, theme) >= 2.5 or contrast(PAPER, theme) >= 4.5


def test_a_hidden_number_is_hatched_and_said() -> None:
    shown = {name: Count(9, 9) for name in STEPS}
    (picture,) = draw(cells(**{**shown, "continued": Count(4, 4)}))
    assert picture.alt.endswith("Thanked: 9; Going on: fewer than 5 people.")
    assert rgb(BLUE) in colours(picture.png)
    assert picture.png != draw(cells(**shown))[0].png


def test_what_a_hidden_number_was_is_not_in_the_picture() -> None:
    one, other = (
        cells(asked=Count(9, 9), held=Count(some, some), by_month=months(9, some, 12))
        for some in (0, 4)
    )
    assert draw(one) == draw(other)


def test_an_empty_report_is_one_kind_picture() -> None:
    (picture,) = draw(cells(by_month=months(0, 0), load=(0, 0)))
    assert picture.title == "Nothing to show yet"
    assert "once 5 people stand behind them" in picture.alt
    assert rgb(BLUE) not in colours(picture.png)


def test_pictures_without_a_number_are_left_out() -> None:
    assert [one.name for one in draw(cells(asked=Count(9, 9), by_month=months(1, 2)))] == [
        "steps.png"
    ]
    days = cells(held=Count(9, 9), days_to_session=(1,) * 9)
    assert [one.title for one in draw(days)] == [
        "From asking to going on",
        "Days from asking to the talk",
    ]
    assert "Half of them or more took 1 day." in draw(days)[1].alt


def test_many_months_and_long_numbers_still_fit() -> None:
    facts = cells(
        **{name: Count(123456, 9) for name in STEPS},
        by_month=months(*range(1000, 1030)),
        load=(0, 1, 2, 3) * 4000,
        days_to_session=(0, 400) * 300,
    )
    pictures = draw(facts)
    assert len(pictures) == 3
    assert "Jul 2025" in pictures[1].alt
    assert "Jun 2025" not in pictures[1].alt
    edge = pixels(pictures[0].png).crop((2 * WIDTH - 12, 4, 2 * WIDTH - 4, 400))
    assert len(edge.getcolors() or ()) == 1


def test_the_words_fit_what_slack_takes_as_alternative_text() -> None:
    facts = suppressed(
        Report("x" * 500, date(2026, 1, 1), date(2026, 6, 30), by_month=months(*[99999] * 30))
    )
    assert not facts.is_empty
    assert all(len(picture.alt) <= ALT_MOST for picture in draw(facts))


def test_another_language() -> None:
    class Marked(NullTranslations):
        def gettext(self, message: str) -> str:
            return f"«{message}»"

    steps, *_ = draw(FULL, translations=Marked(), locale="de")
    assert steps.title == "«From asking to going on»"
    assert "«Asked»: 60" in steps.alt
    assert "01.01.2026 – 30.06.2026" in steps.alt


def test_drawing_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, bot.slack.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_dollar_sign_is_a_dollar_sign() -> None:
    canvas = Canvas(60)
    canvas.text(20, 30, r"$\frac$ 5")
    assert canvas.png().startswith(b"\x89PNG")
