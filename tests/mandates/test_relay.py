"""Writing to the holder of an office: by mail, in their language, and without anybody's address on any page."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation import clock, mail
from permille.foundation.audit import AuditEntry
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.mandates.reply_links import reply_token
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.mandates.conftest import SEAT, row_of

WORDS = "When do you meet?\n\nThe Executive Secretariat asks you for your password."
MESSAGE = {"subject": "Meeting in May", "words": WORDS}


@pytest.fixture
def where(office):
    return f"/en/offices/{office}/write/"


@pytest.fixture
def member(app, cast):
    change(app, cast.id("member"), language="en")
    return Browser(app).sign_in(cast.email("member"))


@pytest.fixture
def holder_id(app, office):
    return row_of(app, office)["person_id"]


def answer_page(payload):
    """Return the page on which a mail asks for the answer."""
    return next("/" + line.split("/", 3)[3] for line in payload["body"].splitlines() if "/offices/" in line)


def test_a_message_goes_by_mail_and_leaves_no_trace_of_its_words(app, cast, member, office, where, mails):
    before = len(mails())
    page = member.post(where, **MESSAGE)
    assert page.location == f"{SEAT}/" and "on its way to Oliver Hedge" in member.get(page.location).text()
    (sent,) = mails()[before:]
    assert sent["subject"] == "Message from Mariana Quispe: Meeting in May" and "reply_to" not in sent
    assert "Mariana Quispe of Instituto Altiplano de Suelos writes to you" in sent["body"]
    assert "C1 · Advocacy & Awareness · Regional Representative · Europe" in sent["body"]
    assert cast.email("member") not in sent["body"] + sent["html"] and sent["to"] not in sent["body"]
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "office.written")).one()
        assert (entry.actor_id, entry.object_id) == (cast.id("member"), office)
        assert entry.details == {"objective": "C1", "region": "europe"}


def test_words_of_a_message_cannot_pass_for_words_of_ours(member, where, mails):
    member.post(where, **MESSAGE | {"subject": "One\r\nBcc: x@village.example\u2028two"})
    sent = mails()[-1]
    ours = [line for line in sent["body"].splitlines() if not line.startswith(">")]
    assert not [line for line in ours if "password" in line or "When do you meet" in line]
    assert sent["subject"].endswith("One Bcc: x@village.example two")
    assert '<blockquote><p dir="auto">When do you meet?</p>' in sent["html"]
    built = mail.message("k", sent, "4 per 1000 <no-reply@x.example>")
    assert built["Bcc"] is None and built["Reply-To"] is None


@ON_SQLITE
def test_the_frame_speaks_the_language_of_the_holder_from_right_to_left(app, member, holder_id, where, mails):
    change(app, holder_id, language="ar")
    member.post(where, **MESSAGE)
    sent = mails()[-1]
    assert sent["lang"] == "ar" and 'dir="rtl"' in sent["html"] and "ممثل إقليمي" in sent["body"]
    assert answer_page(sent).startswith("/ar/offices/reply/")


@ON_SQLITE
def test_only_who_ticks_the_box_gives_their_address_and_a_copy_is_for_the_sender(cast, member, where, mails):
    before = len(mails())
    member.post(where, **MESSAGE, gives_address="y", wants_copy="y")
    sent, copy = mails()[before:]
    assert mail.message("k", sent, "4 per 1000 <no-reply@x.example>")["Reply-To"] == cast.email("member")
    assert "/offices/reply/" not in sent["body"] and "reply to this mail" in sent["body"]
    assert copy["to"] == cast.email("member") and sent["to"] not in copy["body"] and "reply_to" not in copy
    assert "> When do you meet?" in copy["body"]


def test_the_holder_answers_by_the_same_way_and_nobody_else_can(app, cast, member, holder, where, mails):
    member.post(where, **MESSAGE)
    page = answer_page(mails()[-1])
    asked = holder.get(page)
    assert asked.text("h1") == "Answer to Mariana Quispe" and "@" not in asked.text("main")
    assert member.get(page).status == 404 and member.post(page, **MESSAGE).status == 404
    assert Browser(app).get(page).status == 302
    assert holder.post(page, subject="", words="x").status == 422
    assert holder.post(page, subject="Meeting", words="On 3 May.").status == 303
    sent = mails()[-1]
    assert sent["to"] == cast.email("member") and "> On 3 May." in sent["body"] and "reply_to" not in sent
    assert sent["subject"] == "Answer from Oliver Hedge: Meeting" and answer_page(sent) == where


@ON_SQLITE
def test_an_answer_can_be_given_for_thirty_days_also_after_the_office(
    app, cast, holder, office, change_mandate
):
    with app.app_context():
        page = f"/en/offices/reply/{reply_token(office, cast.id('member'))}/"
    change_mandate(office, ended_at=now())
    assert holder.get(page).status == 200
    start = now()
    try:
        clock.turn(lambda: start + timedelta(days=31))
        assert Browser(app).sign_in(holder_email(app, office)).get(page).status == 410
    finally:
        clock.turn(None)
    change(app, cast.id("member"), suspended_at=now())
    assert holder.get(page).status == 410 and holder.get("/en/offices/reply/nonsense/").status == 410


def holder_email(app, office):
    from permille.people.models import Person

    with app.app_context():
        return db.session.get_one(Person, row_of(app, office)["person_id"]).email


@ON_SQLITE
def test_a_visitor_signs_in_first_and_comes_back(app, where):
    page = Browser(app).get(where)
    assert page.status == 302 and page.location.endswith(f"/sign-in/?next={where}")


@ON_SQLITE
def test_a_holder_who_is_not_listed_is_reached_without_being_named(
    app, cast, member, holder, holder_id, where, mails
):
    name = change(app, holder_id, is_listed=False)
    before = len(mails())
    page = member.get(where)
    assert page.text("h1") == "Write to the holder" and name not in page.html
    member.post(where, **MESSAGE, wants_copy="y")
    sent, copy = mails()[before:]
    assert name in sent["body"] and name not in copy["body"] + copy["subject"]
    assert name not in member.get(f"{SEAT}/").text("main")
    holder.post(answer_page(sent), subject="Meeting", words="On 3 May.")
    assert name not in mails()[-1]["body"] + mails()[-1]["subject"]


@pytest.mark.parametrize("hindered", ["own", "ended", "suspended", "nameless"])
@ON_SQLITE
def test_what_cannot_be_sent_is_explained_before_and_refused(
    app, cast, member, holder, holder_id, office, where, change_mandate, mails, hindered
):
    browser = holder if hindered == "own" else member
    if hindered == "ended":
        change_mandate(office, ended_at=now())
    if hindered == "suspended":
        change(app, holder_id, suspended_at=now())
    if hindered == "nameless":
        change(app, cast.id("member"), name="")
    page, before = browser.get(where), len(mails())
    assert page.status == 200 and page(".note") and not page("form textarea")
    assert browser.post(where, **MESSAGE).status == 403 and len(mails()) == before


@ON_SQLITE
def test_what_is_too_long_or_missing_is_said_and_kept(member, where, mails):
    before = len(mails())
    page = member.post(where, subject="x" * 151, words="x" * 4001, gives_address="y")
    assert page.status == 422 and len(page.soup.select(".errsum a")) == 2
    assert page("#words").get_text().strip() == "x" * 4001 and page("#gives_address[checked]")
    assert len(mails()) == before


@ON_SQLITE
def test_somebody_gets_so_many_messages_a_day_and_no_more(app, cast, member, where, mails):
    app.config["LIMITS"] = {"office-mail-to-one": 1}
    before = len(mails())
    assert member.post(where, **MESSAGE).status == 303
    partner = Browser(app).sign_in(cast.email("partner"))
    assert partner.post(where, **MESSAGE).status == 429 and len(mails()) == before + 1


@ON_SQLITE
def test_nothing_of_a_message_is_left_once_it_is_delivered(app, member, where):
    from permille.foundation.outbox import work_once

    member.post(where, **MESSAGE)
    with app.app_context():
        while work_once(db.engine, lambda *_mail: None):
            pass
        assert not [one for one in db.session.scalars(select(Job.payload)) if one]
