"""Keeping public pages in the memory of a worker, and answering with them before any other work.

What is kept counts as long as nothing public has changed and the day is the same, which one
statement tells; nothing that is kept can be out of date.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from threading import Lock
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import ETags
from werkzeug.http import parse_cookie, parse_etags

from permille.foundation.clock import now

LARGEST_BYTES = 64 * 1024
KEEP_UNDER = "permille.keep_under"
"""Where a view says that its answer may be kept, and since which revision it holds."""
OF_A_BODY = ("content-type", "content-length", "content-language")
SWAP = "HTTP_HX_REQUEST"

Headers = list[tuple[str, str]]


def known_tags(wanted: ETags) -> set[str]:
    """Return the tags a reader names; "whatever there is" names none."""
    return wanted.as_set(include_weak=True)


class Answer(NamedTuple):
    """A page as it went out; `body` is none when the reader had it and it was not drawn."""

    revision: int
    day: date
    headers: Headers
    body: bytes | None

    def is_known_to(self, wanted: str) -> bool:
        """Tell whether one of the entity tags in an `If-None-Match` is this page's."""
        return dict(self.headers)["ETag"].strip('"') in known_tags(parse_etags(wanted))

    def without_body(self) -> Headers:
        """Return the headers that do not speak of the body."""
        return [one for one in self.headers if one[0].lower() not in OF_A_BODY]


class KeptPages:
    """The pages read last, `most` of them at the most; safe for threads.

    `revision` says how far the public database has come; `session_cookie` tells readers who get pages
    of their own, and `themes` are the looks a cookie may ask for.
    """

    def __init__(
        self, most: int, revision: Callable[[], int | None], session_cookie: str, themes: tuple[str, ...]
    ) -> None:
        self.most = most
        self.revision = revision
        self.session_cookie = session_cookie
        self.themes = themes
        self.pages: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def serve(self, served: WSGIApplication) -> WSGIApplication:
        """Put this store before an application."""

        def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            name = self._name(environ) if self.most else None
            kept = self.find(name) if name else None
            if kept and self._holds(kept):
                if kept.is_known_to(environ.get("HTTP_IF_NONE_MATCH", "")):
                    start("304 NOT MODIFIED", kept.without_body())
                    return []
                if kept.body is not None:
                    start("200 OK", kept.headers)
                    return [kept.body] if environ["REQUEST_METHOD"] == "GET" else []
            return self._note(name, served, environ, start) if name else served(environ, start)

        return answer

    def find(self, name: str) -> Answer | None:
        """Return a kept page and count it as read."""
        with self._lock:
            if name not in self.pages:
                return None
            self.pages.move_to_end(name)
            return self.pages[name]

    def keep(self, name: str, page: Answer) -> None:
        """Keep a page; the one that was not read for longest goes."""
        if len(page.body or b"") > LARGEST_BYTES:
            return
        with self._lock:
            self.pages[name] = page
            self.pages.move_to_end(name)
            while len(self.pages) > self.most:
                self.pages.popitem(last=False)

    def _name(self, environ: WSGIEnvironment) -> str | None:
        # A page with a query is asked for once and by one: it would only push others out.
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("QUERY_STRING") or SWAP in environ:
            return None
        theme = ""
        if "HTTP_COOKIE" in environ:
            cookies = parse_cookie(environ["HTTP_COOKIE"])
            if self.session_cookie in cookies:
                return None
            theme = cookies.get("theme", "")
        return (
            f"{environ.get('HTTP_HOST')} {theme if theme in self.themes else ''} {environ.get('PATH_INFO')}"
        )

    def _holds(self, kept: Answer) -> bool:
        try:
            return kept.day == now().date() and kept.revision == self.revision()
        except SQLAlchemyError:
            return False  # the application meets the same trouble, and has words for it

    def _note(
        self, name: str, served: WSGIApplication, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        day = now().date()  # before the page is drawn: what it says of today is no newer
        sent: Headers = []

        def begin(status: str, headers: Headers, *error: Any) -> Callable[[bytes], object]:
            sent[:] = headers
            return start(status, headers, *error)

        parts = served(environ, begin)
        revision = environ.get(KEEP_UNDER)
        if revision is None or environ["REQUEST_METHOD"] != "GET":
            return parts
        with closing(parts):  # type: ignore[type-var]  # the application's answers can be closed
            body = b"".join(parts)
        self.keep(name, Answer(revision, day, list(sent), body or None))
        return [body]
