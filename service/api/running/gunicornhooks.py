"""What gunicorn calls at the turns of its life (`server.py` names this file as its settings)."""

from __future__ import annotations

import os
import shutil
from typing import Protocol

from service.api.wire.metrics import SHARED_FOLDER, forget_process


class Ended(Protocol):
    """A process that ended, as gunicorn knows it."""

    @property
    def pid(self) -> int:
        """Its number."""


def child_exit(_arbiter: object, worker: Ended) -> None:
    """Let the streams of a process that ended count no more."""
    forget_process(worker.pid)


def on_exit(_arbiter: object) -> None:
    """Remove the folder that the processes shared; after a kill the system cleans up."""
    folder = os.environ.get(SHARED_FOLDER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
