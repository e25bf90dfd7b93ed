"""An empty list says so in one sentence and offers one way on; nothing is destroyed without a word."""

import pytest
from sqlalchemy import select

from permille.cli.demonstration import remove_demonstration
from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.people.passwords import hash_password
from tests.browser import PASSWORD, Browser

EMPTY = (
    "/{lang}/africa/", "/{lang}/objectives/a1/", "/{lang}/objectives/a1/team/", "/{lang}/search/?q=zzzz", "/{lang}/offices/", "/{lang}/africa/offices/",
    "/{lang}/me/", "/{lang}/me/organisation/?q=zzzz", "/{lang}/secretariat/", "/{lang}/secretariat/organisations/",
    "/{lang}/secretariat/organisations/?q=zzzz", "/{lang}/secretariat/people/?q=zzzz",
    "/{lang}/secretariat/invitations/", "/{lang}/secretariat/audit/?action=nothing", "/{lang}/secretariat/audit/",
    "/{lang}/sheets/", "/{lang}/consultations/bodies/",
)  # fmt: skip

DESTRUCTIVE = {
    "POST /<lang>/objectives/<code>/leave/": "GET /<lang>/objectives/<code>/leave/",
    "POST /<lang>/me/delete/": "GET /<lang>/me/delete/",
    "POST /<lang>/secretariat/affiliations/<int:affiliation_id>/decline/": (
        "GET /<lang>/secretariat/affiliations/<int:affiliation_id>/decline/"
    ),
    "POST /<lang>/secretariat/organisations/<int:organisation_id>/merge/": (
        "POST /<lang>/secretariat/organisations/<int:organisation_id>/part/"
    ),
    "POST /<lang>/secretariat/people/<int:person_id>/suspend/": (
        "GET /<lang>/secretariat/people/<int:person_id>/suspend/"
    ),
    "POST /<lang>/secretariat/people/<int:person_id>/role/": "GET /<lang>/secretariat/people/<int:person_id>/role/",
    "POST /<lang>/secretariat/organisations/import/<int:import_id>/": (
        "GET /<lang>/secretariat/organisations/import/<int:import_id>/"
    ),
    "POST /<lang>/applications/<int:application_id>/files/<int:evidence_id>/remove/": "GET /<lang>/applications/<int:application_id>/files/<int:evidence_id>/remove/",
    "POST /<lang>/applications/<int:application_id>/stand-down/": "GET /<lang>/applications/<int:application_id>/stand-down/",
    "POST /<lang>/applications/<int:application_id>/stand-down/on-behalf/": "GET /<lang>/applications/<int:application_id>/stand-down/on-behalf/",
    "POST /<lang>/me/second-step/passkeys/<int:passkey_id>/remove/": "GET /<lang>/me/second-step/passkeys/<int:passkey_id>/remove/",
    "POST /<lang>/vacancies/<code>/<seat>/give-up/": "GET /<lang>/vacancies/<code>/<seat>/give-up/",
    "POST /<lang>/me/organisation/evidence/<int:file_id>/remove/": "GET /<lang>/me/organisation/evidence/<int:file_id>/remove/",
    "POST /<lang>/mandates/<int:mandate_id>/end/": "GET /<lang>/mandates/<int:mandate_id>/end/",
    "POST /<lang>/me/claims/<int:claim_id>/decline/": "GET /<lang>/me/claims/<int:claim_id>/decline/",
    "POST /<lang>/secretariat/affiliations/<int:affiliation_id>/end/": "GET /<lang>/secretariat/affiliations/<int:affiliation_id>/end/",
    "POST /<lang>/sheets/<int:sheet_id>/undo/": "GET /<lang>/sheets/<int:sheet_id>/undo/",
    "POST /<lang>/sheets/<int:sheet_id>/check/": "GET /<lang>/sheets/<int:sheet_id>/check/",
    "POST /<lang>/secretariat/affiliations/<int:affiliation_id>/contact/end/": "POST /<lang>/secretariat/affiliations/<int:affiliation_id>/contact/",
    "POST /<lang>/consultations/bodies/<int:body_id>/retire/": "POST /<lang>/consultations/bodies/<int:body_id>/use/",
    "POST /<lang>/exclusions/of/<int:membership_id>/": "GET /<lang>/exclusions/of/<int:membership_id>/",
}
"""What cannot be had back by doing it again, and the page that asks first or the act that undoes it."""

HARMLESS = {
    "POST /<lang>/me/sessions/<int:session_id>/end/",
    "POST /<lang>/me/sessions/end/",
    "POST /<lang>/secretariat/invitations/<int:invitation_id>/withdraw/",
    "POST /<lang>/me/second-step/end/",
    "POST /<lang>/me/second-step/app/end/",
    "POST /<lang>/vacancies/<code>/<seat>/watch/end/",
    "POST /<lang>/vacancies/<code>/<seat>/consultation/consultees/<int:consultee_id>/remove/",
    "POST /<lang>/vacancies/<code>/<seat>/nomination/withdraw/",
    "POST /<lang>/nominations/<int:nomination_id>/decline/",
    "POST /<lang>/secretariat/people/<int:person_id>/second-step/end/",
}
"""Undone by signing in, inviting, adding, proposing or setting it up again; declining asks nobody twice."""


@pytest.fixture
def alone(app):
    """A platform on its first day: one secretary, nobody else."""
    with app.app_context():
        hashed = hash_password(PASSWORD)  # first: it lets go of the database
        remove_demonstration(db.session)
        person = Person(email="first@secretariat.example", name="First", role=Role.SECRETARY, affiliations=[])
        person.password_hash = hashed
        person.confirm()
        db.session.add(person)
        db.session.commit()
    return Browser(app).sign_in("first@secretariat.example")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_21_an_empty_list_says_so_and_offers_a_way_on(alone, lang):
    for path in EMPTY:
        page = alone.get(path.format(lang=lang))
        assert page.status == 200, path
        assert not [one for one in page.soup.select("main ul.list, main tbody") if not one.find_all(True)], (
            path
        )
        ways = page.soup.select("main p a, main form button, main nav a, main .btns a")
        assert ways, f"{path}: no way on"


def test_criterion_21_the_first_day_reads_well(alone):
    assert "Nobody has joined yet" in alone.get("/en/objectives/a1/team/").text("main")
    assert "Nobody represents this region yet" in alone.get("/en/africa/").text("main")
    assert "All affiliations are confirmed" in alone.get("/en/secretariat/").text("main")
    assert "There is no organisation yet" in alone.get("/en/secretariat/organisations/").text("main")
    assert "No body is kept yet" in alone.get("/en/consultations/bodies/").text("main")
    assert "No invitation is open" in alone.get("/en/secretariat/invitations/").text("main")


def test_criterion_21_every_destructive_act_asks_first_or_can_be_undone(app):
    from tests.security.matrix import routes

    known = {f"{method} {path}" for method, path in routes(app)}
    for act, remedy in DESTRUCTIVE.items():
        assert act in known and remedy in known, act
    words = (
        "delete",
        "leave",
        "decline",
        "suspend",
        "merge",
        "/end/",
        "withdraw",
        "remove",
        "stand-down",
        "give-up",
        "undo",
        "retire",
    )
    for route in known:
        if route.startswith("POST") and any(word in route for word in words):
            assert route in DESTRUCTIVE or route in HARMLESS, route


def test_criterion_21_leaving_and_deleting_change_nothing_until_confirmed(app, cast):
    browser = Browser(app).sign_in(cast.email("member"))
    assert browser.get("/en/objectives/a1/leave/").status == 200
    assert browser.get("/en/me/delete/").status == 200
    with app.app_context():
        assert db.session.scalar(select(Person.id).where(Person.id == cast.id("member")))
    assert "A1" in browser.get("/en/me/").text("main")
