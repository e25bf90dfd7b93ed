"""No word escapes translation: a run in a language where every message wears brackets, and data is taken away."""

import re
from collections.abc import Mapping

import pytest
from babel import Locale
from babel.support import NullTranslations
from sqlalchemy import select

from permille.foundation import catalogs, languages
from permille.foundation.database import Base, db
from permille.foundation.multilingual import Version
from permille.regions.countries import names_in
from permille.regions.models import all_regions
from permille.secretariat.passages import built_in
from tests.browser import PASSWORD, Browser
from tests.security.filled import harvest
from tests.security.matrix import address, ask, routes
from tests.security.principals import PRINCIPALS
from tests.security.staging import stage

ROLES = ("visitor", "member", "secretary")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ALSO = (
    "/es/search/?q=zzz",
    "/es/search/?q=suelo",
    "/es/nowhere/",
    "/es/me/organisation/?q=zzz",
    "/es/objectives/b1/join/?role=leader",
)
UNTRANSLATED = "script, time, .langs, [lang]:not(html), code, option[lang], #zone option"
"""Names of languages in their own tongue and of cities, dates in figures and words, addresses to copy."""
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-words", "content")
OURS = ("4 per 1000", "UTC", "sid", "language", "theme", "organisations.csv", "zzz", "suelo")
"""Names that are the same everywhere: the platform's, its cookies', and what these tests look for."""
DAY = r"\d+ de [a-z]+ de \d{4}|[\w.-]+@[\w.-]+"
CODE = re.compile(r"[a-z_.]+")
WORD = re.compile(r"[^\W\d_]{3}")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


class Brackets(NullTranslations):
    """Every message, in brackets."""

    def gettext(self, text):
        return f"⟦{text}⟧"

    def ngettext(self, one, many, n):
        return f"⟦{one if n == 1 else many}⟧"


@pytest.fixture
def pseudo(monkeypatch):
    brackets = Brackets()
    for module in (catalogs, languages):
        monkeypatch.setattr(module, "catalog", lambda _code: brackets)
    built_in.cache_clear()
    yield
    built_in.cache_clear()


def data_of(app):
    """Return a pattern of everything that is no message: what the database says, and names of places and languages."""
    known = {*OURS, *languages.NAMES.values()}
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                known |= set(strings_in(list(row)))
    spanish = Locale("es")
    known |= {*spanish.territories.values(), *spanish.languages.values(), *names_in("es").values()}
    for region in all_regions().values():
        known |= set(strings_in(list(vars(region).values())))
    lines = {line.strip() for text in known for line in text.splitlines()}
    # a code such as `partner` is never shown: it must not hide a word that is
    texts = {one for one in lines if len(one) > 1 and (one in OURS or not CODE.fullmatch(one))}
    return re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) + r")(?!\w)|" + DAY
    )


def strings_in(value):
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, Mapping):
        yield from strings_in(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from strings_in(one)
    elif isinstance(value, Version):
        yield from strings_in(value.text)


def loose(text, data):
    """Return what is left of a text without messages and data, if it has a word in it."""
    while BRACKETED.search(text):
        text = BRACKETED.sub(" ", text)
    if WORD.search(text):
        text = data.sub(" ", " ".join(text.split()))
    return text if WORD.search(text) else ""


def loose_words(soup, data):
    """Yield every visible text and every spoken attribute with a word that is neither message nor data."""
    for tag in soup.select(UNTRANSLATED):
        tag.decompose()
    texts = [" ".join(soup.get_text("\x1f").split()).replace("\x1f", "")] if soup.body else []
    for tag in soup.find_all(True):
        texts += [str(tag[name]) for name in ATTRIBUTES if tag.get(name) and is_spoken(tag, name)]
        if tag.name == "input" and tag.get("type") in ("submit", "button"):
            texts.append(str(tag.get("value", "")))
    for text in texts:
        left = loose(text, data)
        if left:
            yield " ".join(left.split())


def is_spoken(tag, name):
    return name != "content" or tag.get("name") == "description"


@pytest.mark.parametrize("role", ROLES)
@ON_SQLITE
def test_criterion_13_every_word_of_every_page_is_translated(app, cast, pseudo, role):
    ids = stage(app, cast)
    browser, data = PRINCIPALS[role](app), data_of(app)
    listed = [address(path, cast, ids, "es") for method, path in routes(app) if method == "GET"]
    for path in [*(one for one in listed if one.startswith("/es/")), *ALSO]:
        assert list(loose_words(browser.get(path).soup, data)) == [], path


@ON_SQLITE
def test_criterion_13_every_answer_and_mail_of_the_desk_is_translated(app, cast, pseudo, mails):
    ids = stage(app, cast)
    forms, browser = harvest(app, cast, ids), PRINCIPALS["secretary"](app)
    token, before, said = browser.token(), len(mails()), []
    for method, path in routes(app):
        if method == "POST" and "/secretariat/" in path:
            where = address(path, cast, ids, "es")
            for fields in (forms[f"POST {path}"], {}):
                ask(browser, "POST", where, token, **fields)
                said.append(browser.get("/es/me/").soup)
    data = data_of(app)
    assert [one for soup in said for one in loose_words(soup, data)] == []
    assert len(mails()) - before >= 4
    assert_mails_are_translated(app, mails())


@ON_SQLITE
def test_criterion_13_every_mail_about_accounts_is_translated(app, cast, pseudo, mails):
    for path in ("sign-up/", "sign-in/mail/", "password/forgotten/"):
        for email in ("nobody@village.example", cast.email("member")):
            Browser(app).post(f"/es/{path}", email=email)
    member = PRINCIPALS["member"](app)
    member.post("/es/me/email/", email="new@village.example", present=PASSWORD)
    member.post("/es/me/password/", present=PASSWORD, password="a wholly different phrase 99")
    member.post("/es/objectives/b1/join/", role="member", contribution="Suelo")
    member.post("/es/objectives/b1/join/check/")
    assert len(mails()) >= 7
    assert_mails_are_translated(app, mails())


def assert_mails_are_translated(app, written):
    data = data_of(app)
    for mail in written:
        body = re.sub(r"https?://\S+", " ", mail["body"])
        assert loose(" ".join(f"{mail['subject']} {body}".split()), data) == "", mail
