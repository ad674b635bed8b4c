"""The words of the sheets that Lantern sends and takes, by what they stand for."""

from collections.abc import Callable, Mapping

Say = Callable[[str], str]


def report_words(_: Say) -> Mapping[str, str]:
    """Of a report's table: headings, parts, and what each number counts."""
    return {
        "part": _("part"),
        "what": _("what"),
        "number": _("number"),
        "not_shown": _("not shown"),
        "programme": _("programme"),
        "name": _("name"),
        "since": _("since"),
        "until": _("until"),
        "steps": _("steps"),
        "asked": _("asked"),
        "matched": _("matched"),
        "prepared": _("prepared"),
        "held": _("held"),
        "thanked": _("thanked"),
        "continued": _("continued"),
        "by_month": _("sessions by month"),
        "by_load": _("mentors by sessions held"),
        "or_more": _("3 or more"),
        "days": _("days to session"),
        "lower": _("lower quartile"),
        "median": _("median"),
        "upper": _("upper quartile"),
        "feedback": _("feedback"),
        "mean": _("mean"),
        "asked_by_department": _("requests by department"),
        "held_by_department": _("sessions by department"),
        "no_department": _("none given"),
    }


def people_headings(_: Say) -> Mapping[str, str]:
    """Of a list of people: the heading of each column."""
    return {
        "person": _("person"),
        "email": _("email"),
        "name": _("name"),
        "roles": _("roles"),
        "offered": _("topics offered"),
        "sought": _("topics sought"),
        "capacity": _("capacity"),
        "department": _("department"),
        "seniority": _("seniority"),
        "languages": _("languages"),
        "location": _("location"),
        "country": _("country"),
        "manager": _("manager"),
        "windows": _("windows"),
    }
