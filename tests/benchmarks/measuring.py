"""Measuring a served application: CPU of its whole process tree, memory, bytes, statements."""

import http.client
import os
import re
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event

from permille.foundation.database import db
from tests.browser import PASSWORD, TOKEN, Browser
from tests.serving import served

TICK = os.sysconf("SC_CLK_TCK")


class Served:
    """An application under granian, with one worker unless told, for as long as the block lasts."""

    def __init__(
        self,
        target: str,
        url: str,
        folder: Path,
        beside: int | None = None,
        workers: int = 1,
        **settings: str,
    ) -> None:
        self.beside = beside
        self.cookie = ""
        self._block = served(url, folder, target, workers, **settings)

    def __enter__(self) -> Self:
        address, self.server = self._block.__enter__()
        self.port = int(address.rpartition(":")[2])
        return self

    def __exit__(self, *error: Any) -> None:
        self._block.__exit__(*error)

    def sign_in(self, email: str) -> None:
        """Look at every page as this person from now on."""
        page = self._get("/en/sign-in/")
        cookie = str(page.headers["Set-Cookie"]).partition(";")[0]
        token = TOKEN.search(page.body.decode())[1]  # type: ignore[attr-defined, index]
        form = urlencode({"csrf_token": token, "email": email, "password": PASSWORD})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        done = self._get("/en/sign-in/", headers, form)
        self.cookie = str(done.headers["Set-Cookie"]).partition(";")[0]

    def _get(
        self, path: str, headers: dict[str, str] | None = None, form: str | None = None
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        headers = {"Cookie": self.cookie, **(headers or {})}
        connection.request("POST" if form else "GET", path, body=form, headers=headers)
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response

    def size(self, path: str) -> int:
        """Return the bytes of a page before compression."""
        return len(self._get(path).body)  # type: ignore[attr-defined]

    def cpu_ms(self, path: str, requests: int, *, unchanged: bool = False) -> float:
        """Return user and system time per request, in milliseconds, of the whole tree and its database."""
        headers = {"Cookie": self.cookie}
        if unchanged:
            headers["If-None-Match"] = self._get(path).headers["ETag"]
        self._get(path)
        wanted = 304 if unchanged else 200
        connection = http.client.HTTPConnection("localhost", self.port, timeout=10)
        before = self._ticks()
        for _ in range(requests):
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            if response.status != wanted:
                raise RuntimeError(f"{path} gave {response.status}")
        connection.close()
        return (self._ticks() - before) * 1000 / TICK / requests

    def _tree(self, root: int | None = None) -> list[int]:
        found = [root or self.server.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            found += [int(child) for child in children.read_text().split()] if children.exists() else []
        return found

    def _ticks(self) -> int:
        total = 0
        for pid in [*self._tree(), *(self._tree(self.beside) if self.beside else [])]:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            # of the database also what its ended children used
            last = 15 if self.beside else 13
            total += sum(int(field) for field in fields[11:last])
        return total

    def memory_mb(self) -> float:
        """Return the proportional set size of the process tree in MB."""
        kilobytes = 0
        for pid in self._tree():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            kilobytes += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
        return kilobytes / 1000


def statements_of(app: Flask, path: str, email: str = "") -> int:
    """Return how many statements a page takes for a visitor or a person, without those around transactions."""
    sent = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            sent.append(statement)

    browser = Browser(app)
    if email:
        browser.sign_in(email)
    event.listen(engine, "before_cursor_execute", note)
    browser.client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    engine.dispose()
    return len(sent)
