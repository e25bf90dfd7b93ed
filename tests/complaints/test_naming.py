"""Where everybody of the Secretariat had a part, somebody outside is drawn, and nobody learns whose complaint it is."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.complaints.models import Complaint
from permille.consultations.models import PanelMember
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Role
from permille.vacancies.record import entries_of
from tests.browser import Browser
from tests.cast import change
from tests.complaints.conftest import WHERE, WORDS
from tests.vacancies.conftest import acts_of

NAMED = ("leader", "representative", "funder")


@pytest.fixture
def waiting(filled, member):
    """Let the member complain, and return where; nobody of the Secretariat can read it."""
    return member.post(WHERE, words=WORDS).location


@pytest.fixture
def drawn(monkeypatch):
    """Let the lot fall on the first, and return the lots there were, as ids."""
    lots = []
    monkeypatch.setattr(
        secrets, "choice", lambda people: lots.append([one.id for one in people]) or people[0]
    )
    return lots


def name(browser, cast, waiting, *parts):
    return browser.post(f"{waiting}reader/", addresses="\n".join(cast.email(part) for part in parts))


def reader_of(app):
    with app.app_context():
        return db.session.scalars(select(Complaint.reader_id)).one()


def test_somebody_outside_is_drawn_reads_and_answers_and_nobody_else_does(
    app, cast, desk, second, waiting, member, mails, answered, drawn
):
    assert f"{waiting}reader/" in desk.get("/en/complaints/").html
    before = len(mails())
    assert name(desk, cast, waiting, *NAMED).location == "/en/complaints/"
    reader = next(part for part in NAMED if cast.id(part) == reader_of(app))
    (told,) = mails()[before:]
    assert told["to"] == cast.email(reader) and WORDS not in told["body"]
    browser = Browser(app).sign_in(cast.email(reader))
    assert "asked to read a complaint" in browser.get("/en/me/notifications/").text("main")
    page = browser.get(waiting)
    assert WORDS in page.text("main") and "You were drawn to read this complaint" in page.text("main")
    for link in page.soup.select("main a"):
        assert browser.get(link["href"]).status == 200
    for part in ("secretary", "second-secretary", *(one for one in NAMED if one != reader)):
        other = Browser(app).sign_in(cast.email(part))
        assert other.get(waiting).status == 404
        assert other.post(waiting, finding="stands", answer="No.").status == 404
    assert "had no part in the decision read it" in member.get(waiting).text("main")
    assert browser.get("/en/complaints/").status == 403
    assert browser.post(waiting, finding="upheld", answer="You are right.").status == 303
    assert "You are right." in member.get(waiting).text("main")
    assert acts_of(app, answered)[-3:] == ["complaint.received", "complaint.entrusted", "complaint.answered"]


def test_who_names_sees_neither_the_words_nor_whose_they_are(app, cast, desk, second, waiting, answered):
    whose = change(app, cast.id("member"))
    pages = [desk.get("/en/complaints/"), desk.get(f"{waiting}reader/")]
    name(desk, cast, waiting, *NAMED)
    pages += [desk.get(f"/en/vacancies/records/{answered}/"), desk.get("/en/complaints/")]
    pages += [desk.get(f"/en/secretariat/audit/?action=complaint.{act}") for act in ("received", "entrusted")]
    for page in pages:
        assert page.status == 200 and WORDS not in page.html
        assert whose not in page.text("main") and cast.email("member") not in page.html
    assert "named people, one of whom was drawn" in pages[-1].text("main")
    with app.app_context():
        entry = entries_of(db.session, answered)[-1]
    assert (entry.actor_id, entry.subject_id) == (cast.id("secretary"), reader_of(app))


def test_naming_who_complains_looks_like_naming_anybody_and_they_are_never_drawn(
    app, cast, desk, waiting, drawn
):
    sent = name(desk, cast, waiting, "member", "leader", "funder")
    assert sent.status == 303 and sent.location == "/en/complaints/"
    assert sorted(drawn[0]) == sorted([cast.id("leader"), cast.id("funder")])


@pytest.mark.parametrize("bad", ["partner", "second-secretary", "representative", "newcomer", "nobody@village.example", "leader@demo.example", "no address"])  # fmt: skip
def test_who_had_a_part_or_has_no_account_to_use_is_turned_away(app, cast, desk, waiting, bad):
    """A candidate, one who decided, one not confirmed, one suspended, nobody we know, the same twice."""
    change(app, cast.id("representative"), confirmed_at=None)
    change(app, cast.id("newcomer"), suspended_at=now())
    bad = bad if "@" in bad or " " in bad else cast.email(bad)
    good = [cast.email(part) for part in ("leader", "funder", "member")]
    page = desk.post(f"{waiting}reader/", addresses="\n".join([*good, bad]))
    assert page.status == 422 and bad in page.text(".errsum") and reader_of(app) is None
    for email in good[1:]:
        assert email not in page.text(".errsum")


def test_two_are_too_few(app, cast, desk, waiting):
    assert name(desk, cast, waiting, "leader", "funder").status == 422
    assert desk.post(f"{waiting}reader/", addresses="").status == 422
    assert desk.post(f"{waiting}reader/", addresses="a@village.example\n" * 21).status == 422
    assert reader_of(app) is None


def test_nobody_is_named_while_somebody_of_the_secretariat_can_answer(app, cast, desk, outsider, waiting):
    for browser in (desk, outsider):
        assert f"{waiting}reader/" not in browser.get("/en/complaints/").html
        assert browser.get(f"{waiting}reader/").status == 403
        assert name(browser, cast, waiting, *NAMED).status == 403
    assert reader_of(app) is None


def test_nobody_else_is_named_until_the_time_to_answer_is_over(app, cast, desk, second, waiting, drawn):
    name(desk, cast, waiting, *NAMED)
    first = reader_of(app)
    assert name(second, cast, waiting, *NAMED).status == 403
    later = now() + timedelta(days=14, minutes=1)
    try:
        clock.turn(lambda: later)
        late = Browser(app).sign_in(cast.email("second-secretary"))
        assert name(late, cast, waiting, *NAMED).status == 422  # one of them was named before
        assert name(late, cast, waiting, "member", "newcomer", *[one for one in NAMED if cast.id(one) != first]).status == 303  # fmt: skip
    finally:
        clock.turn(None)
    assert reader_of(app) not in (None, first, cast.id("member"))
    gone = next(part for part in NAMED if cast.id(part) == first)
    assert Browser(app).sign_in(cast.email(gone)).get(waiting).status == 404


@pytest.mark.parametrize("way", ["suspended", "deleted"])
def test_another_is_named_at_once_when_the_one_drawn_is_gone(app, cast, desk, waiting, way, drawn):
    name(desk, cast, waiting, *NAMED)
    reader = next(part for part in NAMED if cast.id(part) == reader_of(app))
    browser = Browser(app).sign_in(cast.email(reader))
    if way == "suspended":
        change(app, cast.id(reader), suspended_at=now())
        assert browser.get(waiting).status in (302, 403, 404)
    else:
        assert "complaints to read" in browser.post("/en/me/data/").html
        assert browser.post("/en/me/delete/").status == 303
    others = ["newcomer", "member", *(part for part in NAMED if part != reader)]
    assert name(desk, cast, waiting, *others).status == 303
    assert reader_of(app) not in (None, cast.id(reader))


def test_a_colleague_without_a_part_who_complains_is_not_given_away(app, cast, desk, filled, outsider):
    """If the others were asked to name somebody now, although one of them had no part, they would know who complains."""
    own = outsider.post(WHERE, words=WORDS).location
    for browser in (desk, outsider):
        assert f"{own}reader/" not in browser.get("/en/complaints/").html
        assert browser.get(f"{own}reader/").status == 403
    assert "it waits until somebody else can answer" in outsider.get(own).text("main")


def test_who_complains_names_nobody_although_they_are_of_the_panel(
    app, cast, desk, second, filled, outsider, answered, mails
):
    with app.app_context():
        sat = {"declared_at": now(), "is_related": False}
        db.session.add(PanelMember(vacancy_id=answered, person_id=cast.id("newcomer"), **sat))
        db.session.commit()
    before = len(mails())
    own = outsider.post(WHERE, words=WORDS).location
    told = {cast.email(part) for part in ("secretary", "second-secretary", "newcomer")}
    assert {mail["to"] for mail in mails()[before:]} == told
    assert name(outsider, cast, own, *NAMED).status == 403
    assert name(desk, cast, own, *NAMED).status == 303


def test_whoever_answers_first_settles_it(app, cast, desk, waiting, drawn):
    name(desk, cast, waiting, *NAMED)
    change(app, cast.id("newcomer"), role=Role.SECRETARY)
    colleague = Browser(app).sign_in(cast.email("newcomer"))
    assert WORDS in colleague.get(waiting).text("main")  # a new colleague without a part may answer as well
    assert colleague.post(waiting, finding="stands", answer="It was fair.").status == 303
    reader = next(part for part in NAMED if cast.id(part) == reader_of(app))
    assert (
        Browser(app).sign_in(cast.email(reader)).post(waiting, finding="upheld", answer="No.").status == 403
    )
    assert desk.get(f"{waiting}reader/").status == 403
