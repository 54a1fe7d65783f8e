"""Filters of the API as words of the command line."""

from __future__ import annotations

from service.errors import SetupError


def read_filter(text: str) -> tuple[str, str]:
    """Name and value of a parameter, out of NAME=VALUE; SetupError when it is not so written."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise SetupError(f"'{text}' is no filter: write NAME=VALUE, such as kind=happening")
    return name, value
