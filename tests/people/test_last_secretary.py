"""The desk never stays without anybody who may use it."""

import threading

from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.people.queries import secretaries
from tests.browser import Browser


def make_the_only_secretary(app, cast):
    with app.app_context():
        db.session.get(Person, cast.id("second-secretary")).role = Role.PERSON
        db.session.commit()


def left(app):
    with app.app_context():
        return secretaries(db.session)


def test_the_last_secretary_gives_the_role_away_before_leaving(app, browser, cast):
    make_the_only_secretary(app, cast)
    browser.sign_in(cast.email("secretary"))
    page = browser.get("/en/me/delete/")
    assert "First give the role to somebody else" in page.text("main") and not page("main form")
    refused = browser.post("/en/me/delete/")
    assert refused.status == 409 and "First give the role" in refused.text("main")
    assert left(app) == [cast.id("secretary")]
    browser.post(f"/en/secretariat/people/{cast.id('member')}/role/", role="secretary")
    assert browser.post("/en/me/delete/").status == 303
    assert left(app) == [cast.id("member")]


def test_everybody_else_may_still_leave(app, cast):
    make_the_only_secretary(app, cast)
    member = Browser(app).sign_in(cast.email("member"))
    assert member.get("/en/me/delete/")("main form")
    assert member.post("/en/me/delete/").status == 303


def test_two_secretaries_cannot_both_leave_at_once_nor_take_the_desk_from_each_other(app, cast):
    first, second = (Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary"))
    tokens = first.token(), second.token()
    start, found = threading.Barrier(2), []

    def go(path, token, browser, **form):
        start.wait()
        found.append(browser.post(path, token=token, **form).status)

    demote = f"/en/secretariat/people/{cast.id('secretary')}/role/"
    acts = [
        threading.Thread(target=go, args=("/en/me/delete/", tokens[0], first)),
        threading.Thread(target=go, args=(demote, tokens[1], second), kwargs={"role": "person"}),
    ]
    for act in acts:
        act.start()
    for act in acts:
        act.join()
    assert len(left(app)) == 1, found


def test_two_who_demote_each_other_at_once_leave_one_in_office(app, cast):
    both = [Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary")]
    others = [cast.id("second-secretary"), cast.id("secretary")]
    tokens = [one.token() for one in both]
    start, found = threading.Barrier(2), []

    def demote(place):
        start.wait()
        path = f"/en/secretariat/people/{others[place]}/role/"
        found.append(both[place].post(path, token=tokens[place], role="person").status)

    acts = [threading.Thread(target=demote, args=(place,)) for place in (0, 1)]
    for act in acts:
        act.start()
    for act in acts:
        act.join()
    assert sorted(found) == [303, 403] and len(left(app)) == 1
