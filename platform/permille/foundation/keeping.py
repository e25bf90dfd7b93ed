"""Keeping rendered public pages in the memory of a worker.

A page is filed under its ETag, which names the revision of everything public: a changed
database asks under another name, so nothing that is kept can be out of date.
"""

from collections import OrderedDict
from threading import Lock

LARGEST_BYTES = 64 * 1024


class KeptPages:
    """The pages read last, `most` of them at the most; safe for threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def find(self, tag: str) -> bytes | None:
        """Return a kept page and count it as read."""
        with self._lock:
            if tag not in self._pages:
                return None
            self._pages.move_to_end(tag)
            return self._pages[tag]

    def keep(self, tag: str, page: bytes) -> None:
        """Keep a page; the one that was not read for longest goes."""
        if len(page) > LARGEST_BYTES or not self.most:
            return
        with self._lock:
            self._pages[tag] = page
            self._pages.move_to_end(tag)
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)
