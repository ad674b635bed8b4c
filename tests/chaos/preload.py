"""Imported once, by the process from which all others are forked."""

import os

from tests.chaos.rehearsal import PLACE, rehearse
from tests.chaos.worker import warm

warm()
if place := os.environ.get(PLACE):
    rehearse(*place.split(" "))
