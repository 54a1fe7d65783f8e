"""The scripts of benchmarks/ import one another by plain name."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))
