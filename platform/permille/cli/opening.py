"""Opening the platform for one command, and closing it behind the command again."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from permille.app import create_app
from permille.foundation.database import db


@contextmanager
def opened() -> Iterator[Flask]:
    """Yield the app in its context; every connection is closed afterwards."""
    app = create_app(IS_SERVING=False)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
