"""The journeys of the chain in a real browser, every way: in French and Arabic, with JavaScript and without."""

import os
import re
import subprocess
import sys

from tests.architecture.sources import ROOT
from tests.journeys.ways import EVERY_WAY

JOURNEYS = ("candidate", "nomination", "arriving", "leaving")


def travelling() -> dict[str, int]:
    """Make every journey in every way; returns how many were made."""
    files = [f"tests/journeys/test_{name}.py" for name in JOURNEYS]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env={**os.environ, EVERY_WAY: "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None, done.stdout[-500:]
    return {"journeys": int(passed[1])}
