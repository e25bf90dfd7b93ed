"""Starting: `permille run` on a filled instance answers within five seconds, and Ctrl-C ends all of it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.serving import free_port

MOST_SECONDS = 5.0


def starting(folder: Path, times: int) -> dict[str, float]:
    """Start `times` times on one instance; the first start fills it. Returns the slowest of the later ones."""
    later = [_start(folder) for _ in range(times + 1)][1:]
    assert max(later) < MOST_SECONDS, later
    return {"starts": times, "slowest": round(max(later), 1)}


def _start(folder: Path) -> float:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "PERMILLE_INSTANCE": str(folder)}
    environment.pop("PERMILLE_BASE_URL", None)
    began = time.monotonic()
    with (folder / "run.log").open("a") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "permille.cli", "run"],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    while not _answers(f"http://localhost:{port}/en/"):
        assert started.poll() is None and time.monotonic() - began < 60, (folder / "run.log").read_text()
        time.sleep(0.02)
    seconds = time.monotonic() - began
    os.killpg(started.pid, signal.SIGINT)
    assert started.wait(30) == 0
    assert not _answers(f"http://localhost:{port}/en/")
    return seconds


def _answers(url: str) -> bool:
    try:
        return urllib.request.urlopen(url, timeout=5).status == 200
    except (OSError, urllib.error.URLError):
        return False
