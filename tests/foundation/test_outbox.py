"""The outbox: in the transaction of its cause, delivered by real SMTP, never lost."""

import email
import socket
from datetime import timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from permille.foundation import clock, mail, outbox
from permille.foundation.database import db
from permille.foundation.outbox import Job


class Mailbox:
    """A real mail server that keeps what it gets, and refuses when told to."""

    def __init__(self):
        self.kept, self.answers = [], []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.kept.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(app):
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.port = free_port()
    controller.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


@pytest.fixture
def turned():
    """A clock that is turned by hand."""
    moment = [clock.now()]
    clock.turn(lambda: moment[0])

    def turn(by):
        moment[0] += by

    yield turn
    clock.turn(None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write(app, lang="ar"):
    with app.test_request_context(method="POST"):
        mail.send(
            db.session,
            "amina@village.example",
            lang,
            "joined",
            name="أمينة",
            code="A1",
            label="NDC",
            page="http://x/",
        )
        db.session.commit()


def test_a_mail_arrives_in_its_readers_language(app, mailbox):
    write(app)
    with app.app_context():
        assert outbox.work_once(db.engine, mail.deliver)
        assert not outbox.work_once(db.engine, mail.deliver)
    (got,) = mailbox.kept
    html = got.get_body(("html",)).get_content()
    assert got["To"] == "amina@village.example" and got["Content-Language"] == "ar"
    assert 'dir="rtl"' in html and "http://x/" in got.get_body(("plain",)).get_content()
    assert len(got.as_bytes()) < 20_000


def test_a_rolled_back_change_sends_nothing(app):
    with app.test_request_context(method="POST"):
        mail.send(db.session, "a@b.example", "en", "joined", name="A", code="A1", label="x", page="http://x/")
        db.session.rollback()
        assert db.session.scalars(select(Job)).all() == []


def test_a_passing_refusal_is_tried_again_later_with_the_same_identity(app, mailbox, turned):
    write(app)
    mailbox.answers = ["451 try later"]
    with app.app_context():
        outbox.work_once(db.engine, mail.deliver)
        assert not outbox.work_once(db.engine, mail.deliver)
        turned(timedelta(minutes=1))
        assert outbox.work_once(db.engine, mail.deliver)
        job = db.session.scalars(select(Job)).one()
        assert job.done_at is not None and job.attempts == 2
    assert job.key in mailbox.kept[0]["Message-ID"]


def test_a_final_refusal_is_kept_with_its_reason(app, mailbox):
    write(app)
    mailbox.answers = ["550 no such person"]
    with app.app_context():
        outbox.work_once(db.engine, mail.deliver)
        job = db.session.scalars(select(Job)).one()
        assert job.failed_at is not None and "550" in job.error and job.payload["to"]


def test_a_worker_that_dies_leaves_its_mail_to_the_next(app, mailbox, turned):
    write(app)

    def die(*_):
        raise KeyboardInterrupt

    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            outbox.work_once(db.engine, die)
        assert not outbox.work_once(db.engine, mail.deliver)
        turned(outbox.LEASE + timedelta(seconds=1))
        assert outbox.work_once(db.engine, mail.deliver)
    assert len(mailbox.kept) == 1


def test_a_name_cannot_add_headers(app):
    payload = {
        "to": "a@b.example",
        "lang": "en",
        "subject": "x\r\nBcc: c@d.example",
        "body": "y",
        "html": "<p>y</p>",
    }
    built = mail.message("k", payload, "4 per 1000 <no-reply@x.example>")
    assert built["Bcc"] is None


def test_an_address_no_mail_can_go_to_is_given_up_at_once(app, mailbox):
    with app.app_context():
        job = mail.send(db.session, "a<b@c.example", "fr", "deleted", page="http://localhost/fr/")
        db.session.commit()
        assert outbox.work_once(db.engine, mail.deliver) is True
        db.session.refresh(job)
        assert job.failed_at is not None and job.attempts == 1 and "cannot be written" in job.error
    assert mailbox.kept == []


def test_a_refusal_for_now_is_kept_in_the_servers_own_words(app, mailbox):
    mailbox.answers = ["450 Mailbox busy"]
    write(app)
    with app.app_context():
        outbox.work_once(db.engine, mail.deliver)
        job = db.session.scalars(select(Job)).one()
        assert job.failed_at is None and job.error == "Deferred: 450 Mailbox busy"
