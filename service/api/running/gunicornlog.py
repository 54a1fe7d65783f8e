"""gunicorn's own lines, in the form and the place of all others."""

from __future__ import annotations

import logging
import os

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # ships no types

from service.api.running.watch import request_fields
from service.logs import configure
from service.settings import Settings


class OneLog(Logger):  # type: ignore[misc]  # the base class ships no types
    """Gives what gunicorn says to the log of the service."""

    def setup(self, cfg: object) -> None:
        """As gunicorn, without handlers of its own; forked processes inherit it all."""
        super().setup(cfg)
        settings = Settings.from_env(os.environ)
        configure(settings.log_level, settings.log_format, part="web", context=request_fields)
        self.error_log.handlers = []
        self.error_log.propagate = True
        logging.captureWarnings(capture=True)
