"""Typing a command for this test's database."""

import pytest
from click.testing import CliRunner

from permille.cli import main


@pytest.fixture
def typed(database_url, tmp_path, monkeypatch):
    """Return a function that types a command for this test's database."""
    monkeypatch.setenv("PERMILLE_DATABASE_URL", database_url)
    monkeypatch.setenv("PERMILLE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("PERMILLE_DEMONSTRATION", raising=False)

    def run(*words):
        return CliRunner().invoke(main, words)

    return run
