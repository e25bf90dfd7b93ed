"""Double submits: one form sent from several tabs at once does its work once, and every tab gets an answer."""

import io

from flask import Flask
from sqlalchemy import delete, func, select

from permille.foundation.database import db
from permille.foundation.limits import LimitCount
from permille.foundation.outbox import Job
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person, Role
from tests.browser import Browser
from tests.campaigns.races import HANDS, at_once, sending, twins_of
from tests.cast import Cast


def _count(app: Flask, what: object, *conditions: object) -> int:
    with app.app_context():
        db.session.execute(delete(LimitCount))  # nobody sends as often as a race does
        db.session.commit()
        return db.session.scalar(select(func.count(what)).where(*conditions)) or 0  # type: ignore[call-overload]


def _mails_to(app: Flask, email: str) -> int:
    return _count(app, Job.id, Job.payload["to"].as_string() == email)


def claims(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Choose another organisation in each tab: one affiliation holds."""
    browser = Browser(app).sign_in(cast.email("partner"))
    token, tabs = browser.token(), twins_of(app, browser, HANDS)
    with app.app_context():
        known = select(Organisation.id).where(
            Organisation.accepted_at.is_not(None), Organisation.merged_into_id.is_(None)
        )
        ids = list(db.session.scalars(known.order_by(Organisation.id).limit(HANDS)))
    for turn in range(rounds):
        wanted = [str(ids[(turn + place) % HANDS]) for place in range(HANDS - 1)] + ["none"]
        acts = zip(tabs, wanted, strict=True)
        got = at_once(*(sending(tab, "/en/me/organisation/", token, organisation=one) for tab, one in acts))
        assert set(got) == {303}, got
        held = (Affiliation.person_id == cast.id("partner"), Affiliation.ended_at.is_(None))
        assert _count(app, Affiliation.id, *held) <= 1
    return {"claims": rounds, "hands": HANDS}


def proposals(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Propose one organisation in several tabs: it is there once."""
    browser = Browser(app).sign_in(cast.email("partner"))
    token, tabs = browser.token(), twins_of(app, browser, HANDS)
    for turn in range(rounds):
        form = {"name": f"Oliveraie {turn}", "country": "TN", "website": ""}
        got = at_once(*(sending(tab, "/en/me/organisation/propose/", token, **form) for tab in tabs))
        assert set(got) == {303}, got
        assert _count(app, Organisation.id, Organisation.name == form["name"]) == 1
    return {"proposals": rounds, "hands": HANDS}


def answers(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Send the join form in several tabs, as a person and as a visitor: one draft each."""
    person, visitor = Browser(app).sign_in(cast.email("partner")), Browser(app)
    form = {"role": "member", "contribution": "Soil maps."}
    with app.app_context():
        codes = [code.lower() for code in db.session.scalars(select(Objective.code).order_by(Objective.code))]
    visitor.post(f"/en/objectives/{codes.pop()}/join/", **form)
    for turn in range(rounds):
        path = f"/en/objectives/{codes[turn % len(codes)]}/join/"
        for browser in (person, visitor):
            token, tabs = browser.token(), twins_of(app, browser, HANDS)
            got = at_once(*(sending(tab, path, token, **form) for tab in tabs))
            assert set(got) == {303}, got
        _count(app, Job.id)
    return {"answers": 2 * rounds, "hands": HANDS}


def letters(app: Flask, _cast: Cast, rounds: int) -> dict[str, int]:
    """Press a visitor's "send" in several tabs: one mail."""
    app.config["LIMITS"] = {"join-mail": HANDS}
    for turn in range(rounds):
        browser, email, path = Browser(app), f"race{turn}@farm.example", "/en/objectives/b1/join/"
        browser.post(path, role="member", contribution="Soil maps.")
        browser.post(f"{path}email/", email=email, name="Ana", country="PE", organisation="", agreed="y")
        token, tabs = browser.token(), twins_of(app, browser, HANDS)
        got = at_once(*(sending(tab, f"{path}check/", token) for tab in tabs))
        assert set(got) == {303}, got
        assert _mails_to(app, email) == 1
    return {"letters": rounds, "hands": HANDS}


def invitations(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Invite one address from two desks, each in several tabs: one mail."""
    app.config["LIMITS"] = {"invitation-to": HANDS}
    desks = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    tokens = [desk.token() for desk in desks]
    sharing = zip(desks, tokens, strict=True)
    pairs = [(tab, token) for desk, token in sharing for tab in twins_of(app, desk, HANDS // 2)]
    for turn in range(rounds):
        form = {"email": f"guest{turn}@farm.example", "name": "", "language": "fr", "organisation": ""}
        got = at_once(*(sending(tab, "/en/secretariat/invitations/", token, **form) for tab, token in pairs))
        assert set(got) <= {303, 422}, got
        assert _mails_to(app, form["email"]) == 1
    return {"invitations": rounds, "hands": HANDS}


def roles(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Take the desk from each other at once: one of the two keeps it."""
    parts = ("secretary", "second-secretary")
    for _turn in range(rounds):
        with app.app_context():
            for part in parts:
                db.session.get(Person, cast.id(part)).role = Role.SECRETARY  # type: ignore[union-attr]
            db.session.commit()
        desks = [Browser(app).sign_in(cast.email(part)) for part in parts]
        paths = [f"/en/secretariat/people/{cast.id(part)}/role/" for part in reversed(parts)]
        acts = [
            sending(desk, path, desk.token(), role="person") for desk, path in zip(desks, paths, strict=True)
        ]
        assert sorted(at_once(*acts)) == [303, 403]
        assert _count(app, Person.id, Person.role == Role.SECRETARY) == 1
    return {"roles": rounds}


def imports(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Import a file while another desk records a standing of one in it: both are kept."""
    desks = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    tokens = [desk.token() for desk in desks]
    with app.app_context():
        known = select(Organisation).where(Organisation.merged_into_id.is_(None)).order_by(Organisation.id)
        rows = [(one.id, one.name, one.country) for one in db.session.scalars(known.limit(20))]
    for turn in range(rounds):
        lines = "".join(f'"{name}",{country},Alias {turn} {row}\n' for row, name, country in rows)
        file = (io.BytesIO(f"name,country,aliases\n{lines}".encode()), "o.csv")
        path = desks[0].post("/en/secretariat/organisations/import/", token=tokens[0], file=file).location
        last = rows[-1][0]
        form = {"state": "evidence", "evidence": f"Letter {turn}.", "until": ""}
        got = at_once(
            sending(desks[0], path, tokens[0]),
            sending(desks[1], f"/en/secretariat/organisations/{last}/", tokens[1], **form),
        )
        assert got == [303, 303], got
        with app.app_context():
            one = db.session.get(Organisation, last)
            assert f"Alias {turn} {last}" in one.aliases  # type: ignore[union-attr]
            assert one.last_standing.evidence == f"Letter {turn}."  # type: ignore[union-attr]
        _count(app, Job.id)
    return {"imports": rounds}


def endings(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Sign out, end a session and delete the account in several tabs: every tab gets an answer."""
    app.config["LIMITS"] = {"sign-in-address": rounds + HANDS}
    for _turn in range(rounds):
        browser = Browser(app).sign_in(cast.email("newcomer"))
        token, tabs = browser.token(), twins_of(app, browser, HANDS)
        at_once(*(sending(tab, "/en/sign-out/", token) for tab in tabs))
        assert browser.get("/en/me/").status == 302
    browser, other = (Browser(app).sign_in(cast.email("newcomer")) for _n in range(2))
    end = browser.get("/en/me/sessions/")("[formaction]")["formaction"]  # type: ignore[index]
    token, tabs = browser.token(), twins_of(app, browser, HANDS)
    at_once(*(sending(tab, str(end), token) for tab in tabs))
    assert other.get("/en/me/").status == 302
    at_once(*(sending(tab, "/en/me/delete/", token) for tab in tabs))
    assert _count(app, Person.id, Person.id == cast.id("newcomer")) == 0
    return {"endings": rounds, "hands": HANDS}


DOUBLES = {
    "claims": claims,
    "proposals": proposals,
    "answers": answers,
    "letters": letters,
    "invitations": invitations,
    "roles": roles,
    "imports": imports,
    "endings": endings,
}
