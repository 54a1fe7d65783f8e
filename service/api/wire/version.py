"""Which version of the service answers."""

from __future__ import annotations

from importlib.metadata import version

VERSION = version("event-timelines")
