"""Texts: whatever is typed is stored clean, leads nowhere else, is found again and is shown as text."""

import csv
import io
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permille.foundation import search
from permille.foundation.database import db
from permille.foundation.forms import BIDI_CONTROLS, clean
from permille.foundation.languages import LANGUAGES
from permille.foundation.links import safe_path
from permille.foundation.multilingual import Multilingual, MultilingualText, Status
from permille.foundation.uploads import FORMULAS, plain_cell, write_table
from permille.people.claims import index_organisation
from permille.people.models import Organisation, Person
from tests.browser import Browser
from tests.cast import Cast

SCRIPTS = ("تربة حية", "土壤健康", "Living soil", "Sols vivants", "Живая почва", "Suelo vivo ñandú")
ATTACKS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "{{7*7}}", "${7*7}",
    "{% raw %}", "{0.__class__}", "%(name)s %s %d", "javascript:alert(1)", "<a href=javascript:alert(1)>x</a>",
    "</textarea><script>1</script>", "</title><script>1</script>", "<!--", "]]>", "&lt;script&gt;", "&#x3c;script&#x3e;",
    "<bdi onmouseover=alert(1)>", "' OR 1=1 --", "\"; DROP TABLE person; --", "<iframe srcdoc='<script>1</script>'>",
    "<div hx-get=/en/me/delete/ hx-trigger=load>", "<form data-hx-post=/x>", "<style>*{display:none}</style>", "<base href=//x>",
    "\u2028alert(1)", "\ufeffx", "\u202egnp.exe", "<math><mi xlink:href=javascript:1>", "<x style=behavior:url(x)>", "=HYPERLINK(1)",
)  # fmt: skip


def holds(size: int, strategy: Any, check: Any) -> None:
    """Check something for `size` generated examples, the same ones each time."""

    @settings(
        max_examples=size,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def prove(example: Any) -> None:
        check(example)

    prove()


def cleaning(_app: Flask, _cast: Cast, size: int) -> dict[str, int]:
    """Cleaning twice is cleaning once, and no control or turn of direction is left."""

    def check(text: str) -> None:
        once = clean(text) or ""
        assert clean(once) == once or not once
        assert not BIDI_CONTROLS & set(once) and "\0" not in once
        once.encode("utf-8")

    holds(size, st.text(st.characters()), check)
    return {"texts": size}


def leading(_app: Flask, _cast: Cast, size: int) -> dict[str, int]:
    """No target leads off the site, however it is written."""
    pieces = st.lists(
        st.sampled_from(
            [
                "/",
                "//",
                "\\",
                "http:",
                "https://",
                "evil.example",
                "@",
                "%2f",
                "..",
                "?",
                "#",
                "[",
                "]",
                "\t",
                ":",
                ";",
            ]
        )
        | st.text(max_size=3),
        max_size=9,
    )

    def check(parts: list[str]) -> None:
        target = safe_path("".join(parts))
        if target is not None:
            split = urlsplit(target)
            assert not split.scheme and not split.netloc
            assert target.startswith("/") and not target.startswith("//") and "\\" not in target

    holds(size, pieces, check)
    return {"targets": size}


def storing(_app: Flask, _cast: Cast, size: int) -> dict[str, int]:
    """A text in several languages comes back from its column as it went in."""
    one = st.tuples(st.text(), st.sampled_from(list(Status)))

    def check(texts: dict[str, tuple[str, Status]]) -> None:
        value = Multilingual()
        for lang, (text, status) in texts.items():
            value = value.loaded(lang, text).edited(lang, text[::-1], status)
        column = MultilingualText()
        stored = column.process_bind_param(value, None)  # type: ignore[arg-type]
        assert column.process_result_value(stored, None) == value  # type: ignore[arg-type]
        for lang in LANGUAGES:
            value.told_in(lang)

    holds(size, st.dictionaries(st.sampled_from(LANGUAGES), one), check)
    return {"values": size}


def tables(_app: Flask, _cast: Cast, size: int) -> dict[str, int]:
    """No cell of a file we write is a formula, and every cell is read back."""

    def check(cells: list[str]) -> None:
        data = write_table(("a",) * len(cells), [tuple(cells)]).decode("utf-8-sig")
        row = list(csv.reader(io.StringIO(data, newline="")))[1]
        assert len(row) == len(cells)
        for cell, read in zip(cells, row, strict=True):
            assert plain_cell(read) == cell
            assert not read.startswith(FORMULAS)

    holds(size, st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6), check)
    return {"rows": size}


def searching(app: Flask, _cast: Cast, size: int) -> dict[str, int]:
    """No query breaks the search, and a thing is found by every word of its name, in every language."""
    with app.app_context():
        for name in SCRIPTS:
            one = Organisation(name=name, country="FR", aliases=[])
            db.session.add(one)
            db.session.flush()
            index_organisation(db.session, one)
            for word in name.split():
                for lang in LANGUAGES:
                    assert one.id in search.find(db.session, "organisation", word, lang, 50), (word, lang)
        db.session.commit()

        def check(query: str) -> None:
            for lang in ("en", "ar", "zh"):
                search.find(db.session, "organisation", query, lang, 5)

        letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
        odd = st.lists(
            st.sampled_from(['"', "'", "*", "(", ")", "&", "|", "!", ":", "OR", "NEAR", "\\", " ", "土", "ة"])
        )
        holds(size, letters | odd.map("".join), check)
    return {"queries": size, "names": len(SCRIPTS)}


def attacks(app: Flask, cast: Cast, size: int) -> dict[str, int]:
    """What looks like code is shown as text, in every language, wherever a name or a text stands."""
    shown = 0
    for attack in ATTACKS[:size]:
        with app.app_context():
            person = db.session.get(Person, cast.id("member"))
            person.name, person.about, person.published = attack, attack, ["about"]  # type: ignore[union-attr]
            organisation = person.affiliation.organisation  # type: ignore[union-attr]
            organisation.name, organisation.aliases = attack, [attack]
            number = organisation.id
            db.session.commit()
        for lang in LANGUAGES:
            for path in (f"people/{cast.id('member')}/", f"organisations/{number}/", "objectives/a1/team/"):
                shown += _shows_as_text(app, f"/{lang}/{path}", attack)
    return {"strings": min(size, len(ATTACKS)), "pages": shown}


def _shows_as_text(app: Flask, path: str, attack: str) -> int:
    page = Browser(app).get(path)
    assert page.status == 200, (path, attack)
    soup = BeautifulSoup(page.html, "html.parser")
    assert " ".join(attack.split()) in " ".join(soup.get_text().split()), (path, attack)
    assert not [one for one in soup.select("script") if not one.get("src", "").startswith("/static/")]
    for tag in soup.select("main *"):
        names = set(tag.attrs)
        assert not [name for name in names if name.startswith(("on", "data-hx", "style", "srcdoc"))], (
            path,
            attack,
        )
        assert not str(tag.get("href", "")).lower().startswith("javascript:"), (path, attack)
    assert soup.select_one("main iframe, main style, base, main math") is None, (path, attack)
    return 1


TEXTS = {
    "cleaning": cleaning, "leading": leading, "storing": storing, "tables": tables, "searching": searching, "attacks": attacks,
}  # fmt: skip
