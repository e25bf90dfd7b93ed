"""The product as it is deployed: granian on a port of its own, for as long as a block lasts."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from permille.app import create_app
from permille.foundation.config import from_environment
from permille.foundation.database import db
from tests.architecture.sources import ROOT
from tests.compiled import share

PATIENCE_SECONDS = 20


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served_here(url: str, folder: Path) -> Iterator[str]:
    """Serve the product from a thread of this process; yields its address. What granian adds is not in it."""
    port = free_port()
    address = f"http://localhost:{port}"
    settings = from_environment(
        {
            "PERMILLE_DATABASE_URL": url,
            "PERMILLE_INSTANCE": str(folder),
            "PERMILLE_BASE_URL": address,
            "PERMILLE_DEMONSTRATION": "1",
        }
    )
    app = create_app(**settings)
    share(app)
    server = make_server("localhost", port, app, threaded=True, request_handler=_Quiet)
    server.daemon_threads = False  # type: ignore[attr-defined]  # closing waits for every answer
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class _Quiet(WSGIRequestHandler):
    def log(self, *_said: object) -> None:
        """Say nothing: the journal of the product tells of every request."""


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
