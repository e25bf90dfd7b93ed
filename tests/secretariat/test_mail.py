"""Undelivered mail: why, in plain words, what may be mended, and never a link that is dead."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.people.models import MailedLink

PATH = "/en/secretariat/mail/"
PAYLOAD = {"to": "lost@village.example", "subject": "Hello", "lang": "en", "body": "x", "html": "x"}


@pytest.fixture
def mail_that(app):
    """Return a function that puts a mail into the outbox as it is after an attempt."""

    def put(error="Undeliverable: 550 no such person", **facts):
        with app.app_context():
            job = Job(
                **{"kind": "mail", "payload": dict(PAYLOAD), "error": error, "failed_at": now(), **facts}
            )
            db.session.add(job)
            db.session.commit()
            return job.id

    return put


def job_of(app, job_id):
    with app.app_context():
        return db.session.get(Job, job_id)


def test_the_reason_is_said_in_plain_words_with_the_servers_own_behind(app, desk, mail_that):
    job = mail_that()
    page = desk.get(PATH)
    assert "There is no such mailbox" in page.text("main") and page.text("details p") == "550 no such person"
    assert "Undeliverable" not in page.text("li")
    assert desk.post(f"{PATH}{job}/resend/").status == 303
    assert job_of(app, job).failed_at is None


def test_mail_that_is_tried_again_is_shown_with_its_last_reason(desk, mail_that):
    mail_that("TimeoutError: timed out", failed_at=None, attempts=3, run_at=now() + timedelta(hours=1))
    page = desk.get(PATH).text("main")
    assert "Tried again by itself" in page and "The mail server cannot be reached." in page


def test_all_are_counted_and_paged(desk, mail_that):
    for _ in range(51):
        mail_that()
    assert "Undelivered mail 51" in desk.get("/en/secretariat/").text("main")
    page = desk.get(PATH)
    assert (
        "Given up 51" in page.text("main")
        and len(desk.get(page(".pager a")["href"]).soup.select("ul.list > li")) == 1
    )


def test_a_mistyped_address_is_mended_in_the_mail_and_behind_its_link(app, desk):
    desk.post(
        "/en/secretariat/invitations/", email="lsot@village.example", name="", language="fr", organisation=""
    )
    with app.app_context():
        job = db.session.scalars(select(Job).order_by(Job.id.desc())).first()
        job.failed_at, job.error = now(), "Undeliverable: 550 no"
        db.session.commit()
        path = f"{PATH}{job.id}/resend/"
    assert desk.post(path, email="nonsense").status == 422
    assert desk.post(path, email="member@demo.example").status == 422
    assert desk.post(path, email="lost@village.example").status == 303
    with app.app_context():
        assert db.session.get(Job, job.id).payload["to"] == "lost@village.example"
        assert db.session.scalars(select(MailedLink.email)).all() == ["lost@village.example"]


def test_the_address_of_an_account_is_not_changed_here(app, desk, cast, mail_that):
    job = mail_that(person_id=cast.id("member"))
    page = desk.get(PATH)
    assert page(f"a[href='/en/secretariat/people/{cast.id('member')}/']") and not page("input[type=email]")
    desk.post(f"{PATH}{job}/resend/", email="else@village.example")
    assert job_of(app, job).payload["to"] == PAYLOAD["to"]


def test_a_mail_whose_link_has_expired_is_not_sent_again(app, desk, mail_that):
    job = mail_that(payload={**PAYLOAD, "body": "https://x.example/en/link/" + "a" * 43 + "/"})
    page = desk.get(PATH)
    assert "The link in it no longer works" in page.text("main") and not page(
        f"form[action$='/{job}/resend/']"
    )
    assert desk.post(f"{PATH}{job}/resend/").status == 409
    assert job_of(app, job).failed_at is not None
