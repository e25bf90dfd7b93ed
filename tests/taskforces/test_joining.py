"""Joining a task force as a Team Member, end to end."""

import re

import pytest
from sqlalchemy import func, select

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Membership
from tests.browser import Browser

WHO = {
    "email": "amina@village.example",
    "name": "أمينة بن علي",
    "organisation": "",
    "country": "TN",
    "agreed": "y",
}
WORDS = "I farm olives and would share what cover crops did for my soil."


def link_in(mail):
    return re.search(r"https?://[^/]+(/\S+/link/\S+)", mail["body"])[1]


def members_of(app, code):
    with app.app_context():
        query = (
            select(func.count())
            .select_from(Membership)
            .join(Objective, Objective.id == Membership.objective_id)
        )
        return db.session.scalar(query.where(Membership.ended_at.is_(None), Objective.code == code))


def apply_as_visitor(browser, lang="en", code="b2", **who):
    browser.post(f"/{lang}/objectives/{code}/join/", role="member", contribution=WORDS)
    browser.post(f"/{lang}/objectives/{code}/join/email/", **{**WHO, **who})
    return browser.post(f"/{lang}/objectives/{code}/join/check/")


def test_criterion_1_every_join_form_is_two_clicks_from_home_without_signing_in(browser):
    home = browser.get("/en/")
    pages = [a["href"] for a in home.soup.select(".tiles a")]
    assert len(pages) == 24
    for page in pages:
        join = browser.get(page)(".join a.btn")["href"]
        assert browser.get(join)("form textarea") is not None


def test_a_visitor_joins_with_an_address_a_name_and_a_country(app, browser, mails):
    before = members_of(app, "B2")
    first = browser.post("/ar/objectives/b2/join/", role="member", contribution=WORDS)
    assert (first.status, first.location) == (303, "/ar/objectives/b2/join/email/")
    second = browser.post("/ar/objectives/b2/join/email/", **WHO)
    assert (second.status, second.location) == (303, "/ar/objectives/b2/join/check/")
    check = browser.get(second.location)
    assert WHO["name"] in check.text() and WORDS in check.text()
    sent = browser.post("/ar/objectives/b2/join/check/", follow=True)
    assert sent.status == 200 and WHO["email"] in sent.text()
    assert members_of(app, "B2") == before

    mail = mails()[-1]
    assert mail["to"] == WHO["email"] and mail["lang"] == "ar" and 'dir="rtl"' in mail["html"]

    elsewhere = Browser(app)
    page = elsewhere.get(link_in(mail), follow=True)
    assert page.status == 200 and members_of(app, "B2") == before
    done = elsewhere.post("/ar/join/confirm/", follow=True)
    assert done.status == 200
    assert members_of(app, "B2") == before + 1
    assert WHO["name"] in elsewhere.get("/en/objectives/b2/").text("#team-section")
    assert mails()[-1]["to"] == WHO["email"]


def test_a_joining_link_works_once(app, browser, mails):
    apply_as_visitor(browser)
    link = link_in(mails()[-1])
    first = Browser(app)
    first.get(link, follow=True)
    first.post("/en/join/confirm/")
    assert Browser(app).get(link).status == 410


def test_a_farmer_without_an_organisation_has_no_affiliation_and_a_proposed_one_waits(app, browser, mails):
    apply_as_visitor(browser, organisation="Oliveraie de Kasserine")
    other = Browser(app)
    other.get(link_in(mails()[-1]), follow=True)
    other.post("/en/join/confirm/")
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == WHO["email"])).one()
        assert person.affiliation.organisation.name == "Oliveraie de Kasserine"
        assert person.affiliation.confirmed_at is None
        assert not person.is_eligible
    assert "Kasserine" not in browser.get("/en/objectives/b2/").text()


@pytest.mark.parametrize(
    ("name", "country", "words"),
    [
        ("rift valley soil institute", "KE", "We know it as: Rift Valley Soil Institute (Kenya)"),
        ("Rift Valley Soil Institute", "SB", "We know one of this name in: Kenya."),
        ("Oliveraie de Kasserine", "TN", "It will be proposed to the Executive Secretariat."),
    ],
)
def test_a_visitor_reads_which_organisation_is_meant(browser, name, country, words):
    browser.post("/en/objectives/b2/join/", role="member", contribution=WORDS)
    who = {**WHO, "organisation": name, "country": country}
    page = browser.post("/en/objectives/b2/join/email/", follow=True, **who)
    assert words in page.text("main")


def test_a_member_joins_at_once_and_is_told_by_mail(app, browser, cast, mails):
    browser.sign_in(cast.email("partner"))
    assert browser.post("/fr/objectives/c2/join/", role="member", contribution=WORDS).location.endswith(
        "/join/check/"
    )
    done = browser.post("/fr/objectives/c2/join/check/", follow=True)
    assert "C2" in done.text(".flash")
    assert done(".join .tag")
    assert cast.email("partner") in {mail["to"] for mail in mails()}


def test_joining_twice_is_joining_once(app, browser, cast):
    browser.sign_in(cast.email("partner"))
    browser.post("/en/objectives/c2/join/", role="member", contribution=WORDS)
    before = members_of(app, "C2")
    browser.post("/en/objectives/c2/join/check/")
    again = browser.post("/en/objectives/c2/join/check/")
    assert again.status == 303
    assert members_of(app, "C2") == before + 1


def test_leaving_asks_once_and_ends_the_membership(app, browser, cast):
    browser.sign_in(cast.email("member"))
    before = members_of(app, "A1")
    assert browser.get("/en/objectives/a1/leave/")("form button")
    assert members_of(app, "A1") == before
    browser.post("/en/objectives/a1/leave/")
    assert members_of(app, "A1") == before - 1
    assert browser.get("/en/objectives/a1/")(".join a.btn")["href"].endswith("/join/")


def test_criterion_14_a_failed_form_keeps_every_value_and_says_what_to_do(browser):
    page = browser.post("/en/objectives/a1/join/", contribution=WORDS)
    assert page.status == 422
    assert page.text("title").startswith("Error:")
    summary = page(".errsum a")
    assert page(summary["href"]) is not None
    assert summary.get_text() == page.text(".err")
    assert page.text("textarea") == WORDS


def test_a_bad_identity_keeps_every_value(browser):
    browser.post("/en/objectives/a1/join/", role="member", contribution=WORDS)
    page = browser.post("/en/objectives/a1/join/email/", **{**WHO, "email": "nobody"})
    assert page.status == 422
    assert page("#name")["value"] == WHO["name"]
    assert page("#email")["value"] == "nobody"
    assert page("#country option[selected]")["value"] == "TN"


def test_criterion_15_someone_of_no_partner_can_send_as_team_member_and_is_listed_at_once(browser, cast):
    browser.sign_in(cast.email("newcomer"))
    refused = browser.post("/en/objectives/d3/join/", role="leader", contribution=WORDS)
    assert refused.status == 422
    assert WORDS in refused.html
    browser.post("/en/objectives/d3/join/", role="member", contribution=WORDS)
    browser.post("/en/objectives/d3/join/check/")
    assert browser.get("/en/objectives/d3/")(".join .tag")


def test_the_form_shows_each_role_with_its_state_for_this_person(app, browser, cast):
    visitor = browser.get("/en/objectives/d3/join/").text("form")
    partner = Browser(app).sign_in(cast.email("partner")).get("/en/objectives/d3/join/").text("form")
    newcomer = Browser(app).sign_in(cast.email("newcomer")).get("/en/objectives/d3/join/").text("form")
    assert len({visitor, partner, newcomer}) == 3


def test_a_draft_follows_a_person_to_another_device(app, browser, cast):
    browser.sign_in(cast.email("partner"))
    browser.post("/en/objectives/e1/join/", role="member", contribution=WORDS, save="1")
    elsewhere = Browser(app).sign_in(cast.email("partner"))
    assert elsewhere.get("/zh/objectives/e1/join/").text("textarea") == WORDS


def test_a_visitors_draft_stays_with_their_browser_in_every_language(app, browser):
    browser.post("/en/objectives/e1/join/", role="member", contribution=WORDS, save="1")
    assert browser.get("/ru/objectives/e1/join/").text("textarea") == WORDS
    assert WORDS not in Browser(app).get("/ru/objectives/e1/join/").html


@pytest.mark.parametrize("form", [{}, {"role": "owner"}, {"role": "member"}, {"role": ["member", "leader"]}])
def test_nonsense_on_the_join_form_is_answered_in_words(browser, form):
    page = browser.post("/zh/objectives/a1/join/", **form)
    assert page.status == 422
    assert page("html")["lang"] == "zh"
