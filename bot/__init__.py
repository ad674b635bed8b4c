"""Lantern: a Slack bot for flash and spot mentoring."""

__version__ = "0.1.0"
