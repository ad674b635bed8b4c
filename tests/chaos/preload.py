"""Imported once, by the process from which all others are forked."""

from tests.chaos.worker import warm

warm()
