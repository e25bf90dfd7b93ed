"""Races: many hands reach for one thing at the same moment, and exactly one gets it."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, select, update

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.limits import Limit, LimitCount, reached
from permille.foundation.outbox import Job
from permille.objectives.models import Objective
from permille.people.models import Affiliation, MailedLink, Organisation, Person, Purpose
from permille.taskforces.models import Membership
from tests.browser import Browser
from tests.cast import Cast

HANDS = 6


def at_once(*acts: Callable[[], int]) -> list[int]:
    """Do everything at the same moment and return what each got."""
    start, got = threading.Barrier(len(acts)), [0] * len(acts)

    def reach(place: int, act: Callable[[], int]) -> None:
        start.wait()
        got[place] = act()

    hands = [threading.Thread(target=reach, args=pair) for pair in enumerate(acts)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert max(got) < 500, got
    return got


def sending(browser: Browser, path: str, token: str, **form: object) -> Callable[[], int]:
    """Return the act of sending a form, which gives its status."""
    return lambda: browser.post(path, token=token, **form).status


def twins_of(app: Flask, browser: Browser, most: int) -> list[Browser]:
    """Return browsers that share one session, as the tabs of one window do."""
    key = browser.client.get_cookie("sid").value  # type: ignore[union-attr]
    found = []
    for _ in range(most):
        twin = Browser(app)
        twin.client.set_cookie("sid", key)
        found.append(twin)
    return found


def joins(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Press "send" in several tabs at once: one membership each time."""
    browser = Browser(app).sign_in(cast.email("partner"))
    token, tabs = browser.token(), twins_of(app, browser, HANDS)
    with app.app_context():
        codes = list(db.session.scalars(select(Objective.code).order_by(Objective.code)))
    for turn in range(rounds):
        code = codes[turn % len(codes)].lower()
        browser.post(f"/en/objectives/{code}/join/", token=token, role="member", contribution="Soil maps.")
        path = f"/en/objectives/{code}/join/check/"
        at_once(*(sending(tab, path, token) for tab in tabs))
        with app.app_context():
            held = (Membership.person_id == cast.id("partner"), Membership.ended_at.is_(None))
            assert db.session.scalar(select(func.count(Membership.id)).where(*held)) == 1, code
            db.session.execute(update(Membership).where(*held).values(ended_at=now()))
            db.session.execute(delete(LimitCount))  # nobody joins as often as a race does
            db.session.commit()
    return {"joins": rounds, "hands": HANDS}


def links(app: Flask, _cast: Cast, rounds: int) -> dict[str, int]:
    """Press the button of one mailed link in several browsers at once: one account each time."""
    for turn in range(rounds):
        email = f"race{turn}@village.example"
        with app.app_context():
            row, token = MailedLink.write(Purpose.CONFIRM, email, "en")
            db.session.add(row)
            db.session.commit()
        guests = [Browser(app) for _ in range(HANDS)]
        keys = []
        for guest in guests:
            guest.get(f"/en/link/{token}/")
            keys.append(guest.get("/en/welcome/")("[name=csrf_token]")["value"])  # type: ignore[index]
        pairs = zip(guests, keys, strict=True)
        at_once(
            *(
                sending(guest, "/en/welcome/", key, name="Race", country="PE", agreed="y")
                for guest, key in pairs
            )
        )
        with app.app_context():
            assert db.session.scalar(select(func.count(Person.id)).where(Person.email == email)) == 1
            used = db.session.scalar(select(MailedLink.used_at).where(MailedLink.email == email))
            assert used is not None
    return {"links": rounds, "hands": HANDS}


def limits(app: Flask, _cast: Cast, rounds: int) -> dict[str, int]:
    """Count from several hands at once: exactly as many are let through as the limit says."""
    for turn in range(rounds):
        limit = Limit(f"race-{turn}", 3, timedelta(hours=1))

        def let_through(limit: Limit = limit) -> int:
            with app.test_request_context(method="POST"):
                return int(not reached(db.session, limit, "one"))

        assert sum(at_once(*[let_through] * HANDS)) == 3
    return {"limits": rounds, "hands": HANDS}


def decisions(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Confirm and decline one claim at once, from two desks: one decision, one mail."""
    desks = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    tokens = [desk.token() for desk in desks]
    outcomes: Counter[str] = Counter()
    for _turn in range(rounds):
        with app.app_context():
            held = db.session.scalars(
                select(Affiliation)
                .where(Affiliation.person_id == cast.id("partner"))
                .order_by(Affiliation.id.desc())
                .limit(1)
            ).one()
            held.confirmed_at, held.ended_at = None, None
            db.session.commit()
            claim, mails = held.id, db.session.scalar(select(func.count(Job.id))) or 0
        path = f"/en/secretariat/affiliations/{claim}/"
        got = at_once(
            sending(desks[0], path + "confirm/", tokens[0]),
            sending(desks[1], path + "decline/", tokens[1], reason="Not known here."),
        )
        assert sorted(got) == [303, 404], got
        with app.app_context():
            held = db.session.get(Affiliation, claim)  # type: ignore[assignment]
            assert (held.confirmed_at is None) != (held.ended_at is None)
            assert db.session.scalar(select(func.count(Job.id))) == mails + 1
            outcomes["declined" if held.ended_at else "confirmed"] += 1
    return {"decisions": rounds, **outcomes}


def merges(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Merge A into B and B into A at once: one of them stays."""
    desks = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    tokens = [desk.token() for desk in desks]
    for turn in range(rounds):
        with app.app_context():
            pair = [Organisation(name=f"Twin {turn} {n}", country="FR", aliases=[]) for n in (1, 2)]
            db.session.add_all(pair)
            db.session.commit()
            one, other = (twin.id for twin in pair)
        path = "/en/secretariat/organisations/{}/merge/"
        got = at_once(
            sending(desks[0], path.format(one), tokens[0], into=other),
            sending(desks[1], path.format(other), tokens[1], into=one),
        )
        assert sorted(got) == [303, 409], got
        with app.app_context():
            gone = [row for row in (one, other) if db.session.get(Organisation, row).merged_into_id]  # type: ignore[union-attr]
            assert len(gone) == 1
    return {"merges": rounds}


def edits(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Save one text from two desks that opened it at the same state: one is kept, the other is told."""
    desks = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    tokens = [desk.token() for desk in desks]
    path = "/en/secretariat/texts/passages/terms/fr/"
    for turn in range(rounds):
        stamp = desks[0].get(path)("input[name=stamp]")["value"]  # type: ignore[index]
        got = at_once(*(sending(desks[n], path, tokens[n], stamp=stamp, text=f"{turn} {n}") for n in (0, 1)))
        assert sorted(got) == [303, 409], got
    return {"edits": rounds}


RACES = {
    "joins": joins,
    "links": links,
    "limits": limits,
    "decisions": decisions,
    "merges": merges,
    "edits": edits,
}
