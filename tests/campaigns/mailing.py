"""Mailing: a worker that dies again and again, and a mail server that is there. Nothing is lost."""

import email
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from email import policy
from pathlib import Path

from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select, update

from permille.foundation import outbox
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.outbox import Job
from tests.cast import Cast
from tests.serving import free_port

BATCH = 12
PATIENCE_SECONDS = 60


class Mailbox:
    """A mail server that keeps the identity of what it gets."""

    def __init__(self) -> None:
        self.identities: Counter[str] = Counter()

    async def handle_DATA(self, _server, _session, envelope) -> str:
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        if "reader" in envelope.rcpt_tos[0]:  # what the worker writes by itself is none of ours
            self.identities[str(message["Message-ID"])] += 1
        return "250 OK"


def killing(app: Flask, _cast: Cast, kills: int) -> dict[str, int]:
    """Kill the worker `kills` times while it delivers; each mail arrives once, at most twice."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    environment = {
        **os.environ,
        "PERMILLE_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "PERMILLE_INSTANCE": str(app.config["INSTANCE"]),
        "PERMILLE_MAIL_URL": f"smtp://127.0.0.1:{controller.port}",
        "PERMILLE_DEMONSTRATION": "1",
    }
    written = 0
    try:
        for _turn in range(kills):
            written += _write(app)
            wanted = sum(box.identities.values()) + BATCH // 2
            with _worker(environment, Path(app.config["INSTANCE"])) as worker:
                _wait_until(lambda wanted=wanted: sum(box.identities.values()) >= wanted)
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
            _end_leases(app)
        while _work_in_person(app, controller.port):
            pass
    finally:
        controller.stop()
    with app.app_context():
        waiting = db.session.scalar(select(func.count(Job.id)).where(Job.done_at.is_(None)))
    assert waiting == 0
    assert len(box.identities) == written
    assert max(box.identities.values()) <= 2
    return {"kills": kills, "mails": written, "twice": sum(n == 2 for n in box.identities.values())}


def _write(app: Flask) -> int:
    with app.app_context():
        for n in range(BATCH):
            to = f"reader{n}@village.example"
            payload = {"to": to, "lang": "en", "subject": "Hello", "body": "x\n", "html": "<p>x</p>"}
            outbox.post(db.session, "mail", payload)
        db.session.commit()
    return BATCH


def _worker(environment: dict[str, str], folder: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "permille.cli", "work"]
    with (folder / "worker.log").open("a") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)


def _wait_until(is_so) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < limit, "the worker delivers nothing"
        time.sleep(0.005)


def _end_leases(app: Flask) -> None:
    # What a dead worker held is free again after two minutes; here the two minutes have passed.
    with app.app_context():
        free = update(Job).where(Job.done_at.is_(None)).values(locked_until=now() - outbox.LEASE)
        db.session.execute(free)
        db.session.commit()


def _work_in_person(app: Flask, port: int) -> bool:
    from permille.foundation import mail

    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
    with app.app_context():
        return outbox.work_once(db.engine, mail.deliver)
