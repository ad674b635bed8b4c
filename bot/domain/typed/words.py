"""Times in German and French, put into the English words that `time` reads.

Only words of days, months, hours and lengths are known here; everything else is left as it is, and
what is not understood then is refused as ever.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


def _named(english: tuple[str, ...], *names: str) -> dict[str, str]:
    """Each name in the language, and its other forms, with the English one of the same place."""
    return {
        form: one for one, forms in zip(english, names, strict=True) for form in forms.split("|")
    }


_GERMAN: Final = {
    **_named(
        _DAYS,
        *("montag|mo", "dienstag|di", "mittwoch|mi", "donnerstag|do", "freitag|fr"),
        *("samstag|sonnabend|sa", "sonntag|so"),
    ),
    **_named(
        _MONTHS,
        *("januar|jänner|jan", "februar|feber|feb", "märz|mär", "april|apr", "mai", "juni|jun"),
        *("juli|jul", "august|aug", "september|sept|sep", "oktober|okt", "november|nov"),
        "dezember|dez",
    ),
    "heute": "today",
    "morgen": "tomorrow",
    "übermorgen": "day after tomorrow",
    "gestern": "yesterday",
    **dict.fromkeys(("nächste", "nächsten", "nächster"), "next"),
    **dict.fromkeys(("kommenden", "kommender", "kommende"), "coming"),
    **dict.fromkeys(("diesen", "diese", "dieser"), "this"),
    "um": "at",
    "gegen": "at",
    "am": "on",
    "den": "the",
    **dict.fromkeys(("bis", "vor", "spätestens"), "by"),
    **dict.fromkeys(("einem", "einer"), "1"),
    "zwei": "2",
    "drei": "3",
    "vier": "4",
    **dict.fromkeys(("stunde", "stunden", "std"), "hours"),
    **dict.fromkeys(("minute", "minuten", "min"), "minutes"),
    **dict.fromkeys(("tag", "tagen"), "days"),
    **dict.fromkeys(("woche", "wochen"), "weeks"),
    **dict.fromkeys(("monat", "monaten"), "months"),
    "mittags": "noon",
}
_FRENCH: Final = {
    **_named(
        _DAYS,
        *("lundi|lun", "mardi|mar", "mercredi|mer", "jeudi|jeu", "vendredi|ven"),
        *("samedi|sam", "dimanche|dim"),
    ),
    **_named(
        _MONTHS,
        *("janvier|janv", "février|fevrier|févr", "mars", "avril|avr", "mai", "juin"),
        *("juillet|juil", "août|aout", "septembre|sept", "octobre|oct", "novembre|nov"),
        "décembre|decembre|déc",
    ),
    "aujourd'hui": "today",
    "demain": "tomorrow",
    "après-demain": "day after tomorrow",
    "hier": "yesterday",
    "ce": "this",
    "à": "at",
    "vers": "at",
    "le": "the",
    "dans": "in",
    **dict.fromkeys(("d'ici", "avant", "pour"), "by"),
    **dict.fromkeys(("un", "une"), "1"),
    "deux": "2",
    "trois": "3",
    "quatre": "4",
    **dict.fromkeys(("heure", "heures"), "hours"),
    **dict.fromkeys(("minute", "minutes", "min"), "minutes"),
    **dict.fromkeys(("jour", "jours"), "days"),
    **dict.fromkeys(("semaine", "semaines"), "weeks"),
    "mois": "months",
    "midi": "noon",
}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({"de": _GERMAN, "fr": _FRENCH})

_WORD = re.compile(r"[a-zà-öø-ÿœ]+(?:['-][a-zà-öø-ÿœ]+)*")
_FIRST: Final = MappingProxyType(
    {
        "de": (
            # "14 Uhr 30" and "14:30 Uhr"; "in 2 Stunden" is no clock
            (re.compile(r"(\d{1,2})[:.](\d\d)\s*uhr\b"), r"\1:\2"),
            (re.compile(r"(\d{1,2})\s*uhr(?:\s*(\d\d))?\b"), r"\1h\2"),
            (re.compile(r"\b(\d{1,2})\.\s*(?=[a-zä])"), r"\1 "),  # "27. November"
            (re.compile(r"\b([a-z]{2})\.(?=\s)"), r"\1"),  # "Do."
        ),
        "fr": (
            (re.compile(r"(?<!dans )\b(\d{1,2})\s*(?:h|heures?)(?:\s*(\d\d))?\b"), r"\1h\2"),
            (re.compile(r"\b1er\b"), "1"),
            (re.compile(r"\b([a-z]+di|dimanche)\s+prochain\b"), r"next \1"),
            (re.compile(r"\bd'ici\s+(?:à\s+|le\s+|au\s+)?"), "d'ici "),
            (re.compile(r"\b([a-zéû]{3,4})\.(?=\s)"), r"\1"),  # "jeu.", "nov."
        ),
    }
)


def in_english(text: str, language: str) -> str:
    """`text` in lower case, its words of time in English: "Donnerstag 14 Uhr" is "thursday 14h".

    `language` is a Slack locale or the beginning of one. Of a language that is not known here
    the text stays as it is.
    """
    said, code = text.lower().replace("’", "'"), language[:2].lower()
    for pattern, by in _FIRST.get(code, ()):
        said = pattern.sub(by, said)
    words = _WORDS.get(code, {})
    return _WORD.sub(lambda found: words.get(found[0], found[0]), said)
