"""The floor: a bare Flask + Jinja application with one Core statement per row of work, nothing else.

`/page/<statements>/<bytes>` renders a page of about that size from the same database.
"""

import os

from flask import Flask, Response
from jinja2 import DictLoader
from sqlalchemy import create_engine, text

PAGE = (
    "<!doctype html><html lang=en><title>x</title><body>{% for row in rows %}<p><a href='/{{ row[0] }}'>"
    "{{ row[1] }}</a> {{ row[2] }} some plain words of an ordinary page to give it its size</p>{% endfor %}"
)
ROW_BYTES = 118

app = Flask("floor")
app.jinja_loader = DictLoader({"page.html": PAGE})
engine = create_engine(os.environ["PERMILLE_DATABASE_URL"])


@app.get("/constant")
def constant() -> Response:
    """Answer with a constant after one statement: the floor of an unchanged page."""
    with engine.connect() as connection:
        connection.execute(text("SELECT id FROM person ORDER BY id LIMIT 1")).first()
    return Response("ok", mimetype="text/plain")


@app.get("/page/<int:statements>/<int:size>")
def page(statements: int, size: int) -> str:
    """Render a page of about `size` bytes after `statements` statements."""
    template = app.jinja_env.get_template("page.html")
    rows = []
    with engine.connect() as connection:
        for _ in range(statements):
            found = connection.execute(
                text("SELECT id, name, email FROM person ORDER BY id LIMIT :n"), {"n": 20}
            )
            rows += list(found)
    wanted = max(1, size // ROW_BYTES)
    return template.render(rows=(rows * (wanted // max(1, len(rows)) + 1))[:wanted] if rows else [])
