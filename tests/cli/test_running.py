"""`permille run`: everything starts, answers on both names of this machine, and stops at Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request


def test_it_starts_answers_and_stops_everything_it_started(database_url, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "PORT": str(port),
        "PERMILLE_INSTANCE": str(tmp_path),
        "PERMILLE_DATABASE_URL": database_url,
    }
    environment.pop("PERMILLE_BASE_URL", None)
    command = [sys.executable, "-m", "permille.cli", "run"]
    with (tmp_path / "log").open("w") as log:
        started = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            assert status(f"http://localhost:{port}/ar/") == 200
            assert status(f"http://127.0.0.1:{port}/fr/africa/") == 200
        finally:
            os.killpg(started.pid, signal.SIGINT)  # as a terminal does: to everyone at once
        assert started.wait(20) == 0
    said = (tmp_path / "log").read_text()
    assert f"http://localhost:{port}" in said and str(tmp_path / "mail") in said
    assert "Traceback" not in said
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def status(url):
    for _ in range(300):
        try:
            return urllib.request.urlopen(url, timeout=3).status
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} never answered")
