"""What cannot be done is said in one line that names the cure, never as a way through the code."""

import os
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from permille.cli import main


@pytest.mark.parametrize(
    ("words", "settings", "said"),
    [
        (("strategy", "load"), {}, "permille db upgrade"),
        (("backup", "b.zip"), {}, "permille db upgrade"),
        (("db", "upgrade", "--revision", "nosuch"), {}, "nosuch"),
        (("people", "add", "nonsense"), {}, "no e-mail address"),
        (("db", "upgrade"), {"PERMILLE_BASE_URL": "nonsense"}, "PERMILLE_BASE_URL"),
        (("db", "upgrade"), {"PERMILLE_BASE_URL": "https://exa:99x"}, "PERMILLE_BASE_URL"),
        (("db", "upgrade"), {"PERMILLE_MAIL_FROM": "junk"}, "PERMILLE_MAIL_FROM"),
        (("db", "upgrade"), {"PERMILLE_MAIL_URL": "folder:"}, "PERMILLE_MAIL_URL"),
        (("db", "upgrade"), {"PERMILLE_MAIL_URL": "gopher://host"}, "PERMILLE_MAIL_URL"),
        (("db", "upgrade"), {"PERMILLE_MAIL_URL": "smtp://me:pw@mail.example.org:587"}, "in clear"),
        (("db", "upgrade"), {"PERMILLE_LIMITS": "jion=3"}, "jion"),
        (("db", "upgrade"), {"PERMILLE_DATABASE_URL": "mysql://x/y"}, "PERMILLE_DATABASE_URL"),
        (("serve",), {"PERMILLE_DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "does not answer"),
        (("backup", "/nonexistent/b.zip"), {}, "/nonexistent/b.zip"),
        (("regions", "add", "objectives", "--name", "N"), {}, "address of a page"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_plain_line(tmp_path, monkeypatch, words, settings, said):
    monkeypatch.chdir(tmp_path)
    done = CliRunner(env={"PERMILLE_INSTANCE": str(tmp_path), **settings}).invoke(main, words)
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    assert said in done.stderr and len(done.stderr.strip().splitlines()) <= 2


def test_a_second_call_keeps_the_role_somebody_has(app, typed):
    assert (
        typed("people", "add", "first@office.example", "--role", "secretary", "--name", "Ada").exit_code == 0
    )
    again = typed("people", "add", "first@office.example")
    assert "is now: secretary" in again.output


@pytest.mark.parametrize("port", ["abc", "99999", "0"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    for words in (("serve",), ("run",)):
        done = CliRunner(env={"PERMILLE_INSTANCE": str(tmp_path), "PORT": port}).invoke(main, words)
        assert done.exit_code == 1 and "is no port" in done.stderr


def test_a_port_in_use_is_said_before_anything_runs(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment = {
            **os.environ, "PERMILLE_INSTANCE": str(tmp_path), "PORT": str(taken.getsockname()[1]),
        }  # fmt: skip
        command = [sys.executable, "-m", "permille.cli", "run"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "is in use" in done.stderr and done.stdout == ""


def test_an_empty_key_is_refused_and_never_signs(tmp_path):
    (tmp_path / "secret.key").write_text("")
    environment = {**os.environ, "PERMILLE_INSTANCE": str(tmp_path)}
    command = [sys.executable, "-m", "permille.cli", "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "secret.key is empty" in done.stdout
