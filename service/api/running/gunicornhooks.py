"""What gunicorn calls at the turns of its life (`server.py` names this file as its settings)."""

from __future__ import annotations

import os
import shutil

from service.api.wire.metrics import SHARED_FOLDER


def on_exit(_arbiter: object) -> None:
    """Remove the folder that the processes shared; after a kill the system cleans up."""
    folder = os.environ.get(SHARED_FOLDER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
