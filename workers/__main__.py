"""`python -m workers`: loads the English pipeline once, then forks and tends the workers.

`TIMELINES_WORKERS` processes work on articles. SIGTERM or Ctrl-C stops all within 3 s: what they
hold is given back and is no attempt.
"""

from __future__ import annotations

import os
import sys
from functools import partial

from service import logs, wiring
from service.errors import SetupError
from service.settings import PREFIX, Settings
from service.stages import Stages
from workers import jobs, parent, pipeline
from workers.grammar import analysis


def main() -> int:
    """Work until stopped; the exit code, 2 with one sentence when a setting is wrong."""
    try:
        settings = _with_redis(Settings.from_env(os.environ))
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    logs.configure(settings.log_level, settings.log_format, part="workers")
    stages = Stages()
    read = partial(pipeline.read_batch, analyser=analysis.build(), stages=stages)
    sender = wiring.build_sender(settings)
    parent.run(jobs.Workshop(settings, wiring.build(settings), read, stages, sender))
    return 0


def _with_redis(settings: Settings) -> Settings:
    if not settings.redis_url:
        raise SetupError(f"workers need {PREFIX}REDIS_URL: set it, or use `timelines up`")
    return settings


if __name__ == "__main__":
    sys.exit(main())
