"""Training itself: spaCy's loop over `pipeline.cfg`."""

from __future__ import annotations

import shutil
from pathlib import Path

from spacy.cli.train import train

from training import style  # registers the augmenter that pipeline.cfg names

CONFIG = Path(__file__).with_name("pipeline.cfg")
REGISTERED = (style.newsstyle,)


def fit(data: Path, *, steps: int | None = None) -> Path:
    """Train on what `prepare` wrote; the folder of the trained pipeline. Minutes on one core."""
    overrides: dict[str, object] = {
        "paths.train": str(data / "train"),
        "paths.dev": str(data / "dev.spacy"),
    }
    if steps:
        overrides["training.max_steps"] = steps
    output = data / "fitted"
    shutil.rmtree(output, ignore_errors=True)
    train(CONFIG, output, overrides=overrides)
    return output / "model-last"
