"""The product as it is deployed: granian on a port of its own, for as long as a block lasts."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT

PATIENCE_SECONDS = 20


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(
    url: str, folder: Path, target: str = "wsgi:app", workers: int = 1, **settings: str
) -> Iterator[tuple[str, subprocess.Popen]]:
    """Serve `target` with the database at `url`; yields its address and its process."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "PERMILLE_DATABASE_URL": url,
        "PERMILLE_INSTANCE": str(folder),
        "PERMILLE_BASE_URL": address,
        "PERMILLE_DEMONSTRATION": "1",
        **settings,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers)]
    command += ["--blocking-threads", "4", "--no-ws", "--no-access-log"]
    command += ["--host", "127.0.0.1", "--port", str(port), target]
    with (folder / f"server-{port}.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_for(address, server, Path(log.name))
            yield address, server
        finally:
            end(server)


def end(process: subprocess.Popen) -> None:
    """End a process; one that does not listen is killed, with its children."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit:
        try:
            urllib.request.urlopen(address + "/health", timeout=2)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.05)
    raise AssertionError(log.read_text())
