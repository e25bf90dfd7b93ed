"""Mail: written in its reader's language from one template, delivered by SMTP or into a folder."""

import smtplib
import ssl
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template
from sqlalchemy import ColumnElement

from permille.foundation import outbox
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import direction, speaking
from permille.foundation.links import absolute
from permille.foundation.zones import in_zone

TIMEOUT_SECONDS = 20
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def send(
    session: Session,
    to: str,
    lang: str,
    template: str,
    *,
    person_id: int | None = None,
    zone: str = "",
    reply_to: str = "",
    **context: Any,
) -> outbox.Job:
    """Write a mail in the language and the time zone of its reader and put it in the outbox.

    `template` names `templates/mails/<template>.txt`, whose first line is the subject. It is
    rendered now, so that the mail says what was true when it was caused. `reply_to` is where an answer goes;
    without it nobody reads one.
    """
    subject, body = written(lang, template, zone, **context)
    with speaking(lang):
        html = render_template(
            "layouts/mail.html", subject=subject, paragraphs=_paragraphs(body), lang=lang, dir=direction(lang),
            home=absolute("/"),
        )  # fmt: skip
    payload = {"to": to, "lang": lang, "subject": subject, "body": body + "\n", "html": html}
    if reply_to:
        payload["reply_to"] = reply_to
    return outbox.post(session, "mail", payload, person_id)


def mark_author(job: outbox.Job, person_id: int) -> None:
    """Note who wrote the words of a mail: it goes unsent with their account, and the desk does not read it."""
    job.payload = {**job.payload, "author": person_id}


def by_author(person_id: int) -> ColumnElement[bool]:
    """Ask whether the words of a mail were written by a person."""
    author: ColumnElement[int] = outbox.Job.payload["author"].as_integer()
    return author == person_id


def written(lang: str, template: str, zone: str = "", /, **context: Any) -> tuple[str, str]:
    """Return subject and text of a mail as a reader of a language gets it, with deadlines in their zone, else in UTC."""
    with speaking(lang), in_zone(zone):
        subject, _, body = render_template(f"mails/{template}.txt", **context).strip().partition("\n")
    return subject.strip(), body.strip()


def _paragraphs(body: str) -> list[str]:
    return [part.strip() for part in body.strip().split("\n\n") if part.strip()]


def message(key: str, payload: dict[str, Any], sender: str) -> EmailMessage:
    """Build the message; `key` makes its identity stable across attempts."""
    name, address = parseaddr(sender)
    mail = EmailMessage()
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = Address(addr_spec=payload["to"])
    if payload.get("reply_to"):
        mail["Reply-To"] = Address(addr_spec=payload["reply_to"])
    mail["Subject"] = _one_line(payload["subject"])
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{key}@{address.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(payload["body"], cte="quoted-printable")
    mail.add_alternative(payload["html"], subtype="html", cte="quoted-printable")
    mail["Content-Language"] = payload["lang"]  # setting the content drops earlier headers of its name
    return mail


def deliver(kind: str, key: str, payload: dict[str, Any]) -> None:
    """Deliver one mail from the outbox to where the settings say."""
    if kind != "mail":
        raise outbox.Undeliverable(f"unknown kind {kind!r}")
    sender = current_app.config["MAIL_FROM"]
    try:
        mail = message(key, payload, sender)
    except Exception as error:  # what cannot be written today cannot be written tomorrow
        raise outbox.Undeliverable(f"cannot be written: {type(error).__name__}") from error
    url = str(current_app.config["MAIL_URL"])
    if url.startswith("folder:"):
        _into_folder(mail, key, Path(url.removeprefix("folder:")))
    else:
        _by_smtp(mail, url)


def _into_folder(mail: EmailMessage, key: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now():%Y%m%d-%H%M%S}-{key[:8]}.eml"
    path.write_bytes(mail.as_bytes())


def _by_smtp(mail: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    with _connected(url) as server:
        if parts.scheme == "smtp+tls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        try:
            server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            _tell_refusal(refused)


def _connected(url: str) -> smtplib.SMTP:
    host, port = server_of(url)
    if urlsplit(url).scheme == "smtps":
        # The library's own default would believe any certificate.
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)


def server_of(url: str) -> tuple[str, int]:
    """Return host and port of a mail server's address; without a port, the usual one of its scheme."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def _tell_refusal(refused: smtplib.SMTPRecipientsRefused) -> None:
    code, reason = next(iter(refused.recipients.values()))
    kind = outbox.Undeliverable if code >= 500 else outbox.Deferred
    raise kind(f"{code} {reason.decode(errors='replace')}") from refused


def _one_line(text: str) -> str:
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
