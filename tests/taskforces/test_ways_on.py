"""What a form says of each office, and the ways on from a refusal: nothing that was typed is lost on them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.claims import index_organisation
from permille.people.models import Affiliation, Organisation
from tests.engines import ON_SQLITE
from tests.taskforces.test_eligibility import belong
from tests.taskforces.test_roles import hints
from tests.vacancies.conftest import ANSWERS, call

__all__ = ["call"]

WORDS = {
    "eligible": "you can apply",
    "not_partner": "yours is not one at present",
    "unconfirmed": "nobody has confirmed yet",
    "unknown": "We do not know your organisation yet",
}


@pytest.fixture
def as_somebody(app, browser, cast):
    """Return a function: the newcomer, who belongs so to an organisation of such a standing, is looking."""

    def look(state):
        bond = {"unknown": "none", "unconfirmed": "claimed"}.get(state, "confirmed")
        standing = ("lapsed", None) if state == "not_partner" else ("partner", None)
        with app.app_context():
            one = Organisation(name="Soil Trust", country="ML", aliases=[], accepted_at=now())
            db.session.add(one)
            db.session.flush()
            index_organisation(db.session, one)
            belong(cast.id("newcomer"), one.id, standing, bond)
            db.session.commit()
        return browser.sign_in(cast.email("newcomer"))

    return look


C2 = "/en/objectives/c2/join/"
ASKED = f"{C2}?region=africa"


@ON_SQLITE
@pytest.mark.parametrize("state", WORDS)
@pytest.mark.parametrize("htmx", [False, True])
def test_each_office_says_in_words_what_it_is_for_somebody(as_somebody, call, state, htmx):
    browser = as_somebody(state)
    page = browser.get(ASKED)
    told = hints(page)
    assert WORDS[state] in told["representative"] and "Everyone is welcome" in told["member"]
    assert bool(page("main form [name=claim]")) == (state != "eligible")
    sent = browser.post(ASKED, htmx=htmx, role="representative", contribution="Soil maps.")
    if state == "eligible":
        assert (sent.headers.get("HX-Redirect") or sent.location).endswith("/vacancies/c2/africa/apply/")
        return
    assert sent.status == 422 and WORDS[state].lower() in sent.text("main .note").lower()
    assert sent("[name=contribution]")["value"] == "Soil maps.", (
        "joining as a Team Member sends what was typed"
    )
    first = "/en/me/organisation/evidence/?" if state == "unconfirmed" else "/en/me/organisation/?"
    assert sent(f"main a[href^='{first}']")


@ON_SQLITE
@pytest.mark.parametrize("htmx", [False, True])
def test_claiming_from_the_form_keeps_what_was_typed_and_leads_back(app, as_somebody, call, htmx):
    browser = as_somebody("unknown")
    sent = browser.post(ASKED, htmx=htmx, role="representative", contribution="Soil maps.", claim="1")
    search = sent.headers.get("HX-Redirect") or sent.location
    back = parse_qs(urlsplit(search).query)["next"][0]
    assert back == f"{C2}?role=representative&region=africa"
    page = browser.get(f"{search}&q=soil+trust")
    action = page.soup.select("#organisations form")[0]["action"]
    assert page("form[role=search] [name=next]")["value"] == back
    claimed = browser.post(action, organisation=page("[name=organisation]")["value"])
    asked = browser.get(claimed.location)("[name=claim]")["value"]
    shown = browser.post(claimed.location, claim=asked, function="I keep the soil maps.")
    assert shown.location == back
    form = browser.get(back)
    assert form.text("textarea") == "Soil maps." and form("[name=role][checked]")["value"] == "representative"
    assert WORDS["unconfirmed"] in hints(form)["representative"]


@ON_SQLITE
def test_a_visitor_who_claims_signs_in_on_the_way_and_keeps_what_was_typed(browser, cast, call):
    sent = browser.post(ASKED, role="representative", contribution="Soil maps.", claim="1")
    asked = browser.get(sent.location)
    assert asked.status == 302 and "/sign-in/" in asked.location
    page = browser.post(asked.location, email=cast.email("partner"), password="four per thousand")
    assert page.location == sent.location
    back = browser.get(page.location)("form[role=search] [name=next]")["value"]
    assert browser.get(back).text("textarea") == "Soil maps."


@ON_SQLITE
def test_what_somebody_types_who_may_not_apply_yet_is_there_when_they_may(app, as_somebody, call, cast):
    browser = as_somebody("unconfirmed")
    page = browser.post("/en/vacancies/c2/africa/apply/", **ANSWERS)
    assert page.status == 422 and "What you wrote is kept" in page.text("main .note")
    assert page("main a[href^='/en/me/organisation/evidence/?next=']")
    joining = browser.get("/en/objectives/c2/join/")
    assert joining.text("textarea") == ANSWERS["why"], "joining as a Team Member instead loses nothing either"
    with app.app_context():
        row = db.session.scalars(
            select(Affiliation).where(Affiliation.person_id == cast.id("newcomer"))
        ).one()
        row.confirmed_at = now()
        db.session.commit()
    assert browser.get("/en/vacancies/c2/africa/apply/").text("#why") == ANSWERS["why"]
