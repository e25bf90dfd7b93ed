"""The real thing: the product over HTTP, and Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine, select

from permille.foundation.outbox import Job
from tests.looking import opened_chromium
from tests.serving import served, served_here

PROVOKED = ("status of 4", "Error Code 4", "net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
"""What a browser says when a test has a form refused or the network fail."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with opened_chromium() as browser:
        yield browser


@pytest.fixture
def deployed(database_url: str, tmp_path: Path) -> Iterator[str]:
    """Serve a copy of the filled database as it is deployed and yield its address."""
    with served(database_url, tmp_path) as (address, _server):
        yield address


@pytest.fixture
def live(database_url: str, tmp_path: Path) -> Iterator[str]:
    """Serve a copy of the filled database from this process, which is there at once, and yield its address."""
    with served_here(database_url, tmp_path) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, live: str):
    """Return a function that opens a page as somebody would, and fails on any complaint of the browser."""
    contexts, complaints = [], []

    def open_page(path: str, *, width: int = 1280, dark: bool = False, javascript: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            base_url=live,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    unexpected = [one for one in complaints if not any(known in one for known in PROVOKED)]
    assert unexpected == []


@pytest.fixture
def mailed_path(database_url):
    """Return a function that finds the path of the link in the last mail to an address."""

    def find(to):
        engine = create_engine(database_url)
        with engine.connect() as connection:
            payloads = list(connection.scalars(select(Job.payload).order_by(Job.id)))
        engine.dispose()
        body = [one["body"] for one in payloads if one.get("to") == to][-1]
        return re.search(r"https?://[^/\s]+(/\S+)", body)[1]

    return find
