"""Forms as their owners would send them: harvested from the pages, filled in, on a stage where they would work."""

from datetime import timedelta

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.exceptions import HTTPException

from permille.foundation.days import today
from tests.browser import Browser
from tests.cast import Cast
from tests.security.matrix import Fields, address, plain, routes

OWNERS = ("secretary", "leader", "member", "newcomer")
TABLE = b"name,country\nCooperativa de la Puna,BO\n"
WORDS = {
    "email": "someone@village.example", "emails": "someone@village.example", "name": "Amina Ben Ali", "country": "TN",
    "password": "a wholly different phrase 99", "present": "four per thousand", "until": "2031-01-31", "number": "1",
    "website": "https://village.example/", "role": "secretary", "state": "evidence", "since": "2026-01-31", "organisation": "",
}  # fmt: skip

_harvested: dict[frozenset[tuple[str, int]], dict[str, Fields]] = {}


def harvest(app: Flask, cast: Cast, ids: dict[str, int]) -> dict[str, Fields]:
    """Return the fields of every form that a page of the matrix shows to one of its owners, by the form's route.

    The walk is made once for the same stage.
    """
    key = frozenset(ids.items())
    if key not in _harvested:
        _harvested[key] = _walk_pages(app, cast, ids)
    return _harvested[key]


def _walk_pages(app: Flask, cast: Cast, ids: dict[str, int]) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    for owner in OWNERS:
        browser = Browser(app).sign_in(cast.email(owner))
        for method, path in routes(app):
            if method == "GET":
                where = address(path, cast, ids)
                response = browser.client.get(where)
                if response.mimetype == "text/html":
                    _gather(app, where, response.get_data(as_text=True), found)
    return found | {f"POST /<lang>/{path}": fields for path, fields in beyond(ids).items()}


def beyond(ids: dict[str, int]) -> dict[str, Fields]:
    """Return the forms that only some state shows, by their routes."""
    return {
        "secretariat/organisations/<int:organisation_id>/merge/": {"into": str(ids["other"])},
        "secretariat/organisations/<int:organisation_id>/reject/": {"reason": "It is not known to anybody."},
        "secretariat/organisations/<int:organisation_id>/part/": {},
        "secretariat/affiliations/<int:affiliation_id>/contact/end/": {},
        "secretariat/affiliations/<int:affiliation_id>/end/": {"reason": "They left."},
        "secretariat/invitations/<int:invitation_id>/again/": {},
        "secretariat/people/<int:person_id>/let-in/": {},
        "me/sessions/<int:session_id>/end/": {},
        "me/organisation/evidence/": {"function": "I keep the soil maps.", "file": TABLE},
        "me/organisation/evidence/<int:file_id>/remove/": {},
        "applications/<int:application_id>/stand-down/on-behalf/": {"source": "phone"},
        "vacancies/calls/<act>/": {"seat": "a1/north-america", "last_day": "2031-01-31"},
        "vacancies/<code>/<seat>/apply/check/": {"joins": "y"},
        "vacancies/<code>/<seat>/apply/keep/": {"why": "Some plain words."},
        "vacancies/<code>/<seat>/watch/end/": {},
        "vacancies/<code>/<seat>/consultation/": {
            "question_en": "What do you know?",
            "last_day": "2031-01-31",
            "panel": ["1", "2"],
        },
        "vacancies/<code>/<seat>/consultation/remind/": {},
        "vacancies/<code>/<seat>/consultation/remind/test/": {},
        "vacancies/<code>/<seat>/consultation/test/": {},
        "consultations/bodies/<int:body_id>/use/": {},
        "consultations/<int:consultee_id>/": {"words": "They know."},
        "consultations/reply/": {"words": "They know."},
        "vacancies/<code>/<seat>/consultation/invite/": {},
        "vacancies/<code>/<seat>/consultation/consultees/<int:consultee_id>/again/": {},
        "vacancies/<code>/<seat>/consultation/consultees/<int:consultee_id>/remove/": {},
        "vacancies/<code>/<seat>/nomination/propose/<int:application_id>/": {
            "reason": "They know.",
            "ends_on": "2031-01-31",
        },
        "vacancies/<code>/<seat>/nomination/confirm/": {"nomination": "1"},
        "vacancies/<code>/<seat>/nomination/withdraw/": {"nomination": "1", "reason": "It is early."},
        "nominations/<int:nomination_id>/accept/": {},
        "nominations/<int:nomination_id>/decline/": {},
        "mandates/<int:mandate_id>/confirm/": {},
        "offices/reply/<token>/": {"subject": "Your question", "words": "In May."},
        "vacancies/<code>/<seat>/complaint/": {"words": "Nobody was asked."},
        "complaints/<int:complaint_id>/": {"finding": "stands", "answer": "It was in order."},
        "complaints/<int:complaint_id>/reader/": {"addresses": "someone@village.example"},
        "joined/<int:membership_id>/welcome/": {"words": "Welcome."},
        "exclusions/of/<int:membership_id>/": {
            "measure": "suspension",
            "last_day": f"{today() + timedelta(days=20):%Y-%m-%d}",
            "reason": "They shout.",
        },
        "exclusions/<int:exclusion_id>/take-back/": {"reason": "It is settled."},
        "exclusions/<int:exclusion_id>/appeal/": {"words": "I was not there."},
        "exclusions/<int:exclusion_id>/answer/": {"finding": "stands", "answer": "You were."},
        "sheets/<int:sheet_id>/check/": {"seen": "", "tells": "y"},
        "me/second-step/app/": {"code": "123456"},
        "me/second-step/codes/": {},
        "me/second-step/end/": {},
        "me/second-step/app/end/": {},
        "me/second-step/passkeys/new/": {"name": "My phone", "credential": "{}"},
        "me/second-step/passkeys/begin/": {},
        "me/second-step/passkeys/<int:passkey_id>/remove/": {},
        "me/again/passkey/": {"credential": "{}"},
        "me/again/passkey/begin/": {},
        "secretariat/people/<int:person_id>/second-step/end/": {},
    }


def _gather(app: Flask, where: str, html: str, found: dict[str, Fields]) -> None:
    for form in BeautifulSoup(html, "html.parser").select("form[method=post]"):
        actions = [form.get("action") or where, *(one["formaction"] for one in form.select("[formaction]"))]
        for action in actions:
            route = route_of(app, str(action))
            if route and route not in found:
                found[route] = fields_of(form)


def route_of(app: Flask, action: str) -> str | None:
    """Return the route a form goes to, as the tables write it."""
    try:
        rule, _values = app.url_map.bind("localhost").match(
            action.partition("?")[0], method="POST", return_rule=True
        )
    except HTTPException:
        return None
    return f"POST {plain(rule.rule)}"


def fields_of(form: Tag) -> Fields:
    """Fill in a form: what it proposes stays, what is empty gets words that fit."""
    fields: Fields = {}
    for field in form.select("input[name], select[name], textarea[name], button[name]"):
        name, kind = str(field["name"]), str(field.get("type", field.name))
        if name == "csrf_token":
            continue
        if kind == "file":
            fields[name] = TABLE
        elif field.name == "select":
            options = [str(one.get("value", one.get_text())) for one in field.select("option")]
            fields[name] = WORDS.get(name) if WORDS.get(name) in options else options[-1]
        elif kind in ("radio", "checkbox", "hidden", "submit"):
            fields[name] = str(field.get("value", "y"))
        else:
            fields[name] = str(field.get("value") or field.get_text().strip() or _words(name, kind))
    return fields


def _words(name: str, kind: str) -> str:
    return WORDS.get(name, WORDS.get(kind, "Some plain words."))
