"""A second step: the password alone opens nothing any more, and the day the phone is lost is not the end."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import delete, select, update

from permille.foundation import clock
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.foundation.kept_forms import KeptForm
from permille.people.models import Authenticator, Person, RecoveryCode, SignedIn
from permille.people.second_factor import CODES, STEP
from permille.taskforces.models import JoinDraft
from tests.browser import PASSWORD, Browser

WRONG = "000000"


@pytest.fixture
def turned():
    """A clock that is turned by hand, from the start of a step on."""
    moment = [clock.now().replace(second=0, microsecond=0)]
    clock.turn(lambda: moment[0])

    def turn(**by):
        moment[0] += timedelta(**by)

    yield turn
    clock.turn(None)


@pytest.fixture
def set_up(app, cast, turned):
    """Return a function by which somebody sets up their app: their browser, the app, the recovery codes."""

    def go(part):
        browser = Browser(app).sign_in(cast.email(part))
        assert browser.post("/en/me/second-factor/begin/").status == 303
        page = browser.get("/en/me/second-factor/app/")
        phone = pyotp.TOTP("".join(page.text("code.key").split()))
        done = browser.post("/en/me/second-factor/app/", code=shown(phone))
        codes = [one.get_text() for one in done.soup.select(".codes code")]
        assert len(codes) == CODES
        turned(seconds=STEP)
        return browser, phone, codes

    return go


def shown(phone):
    return phone.at(int(clock.now().timestamp()))


def half_way(app, email):
    """Return a browser that has given the right password, and nothing more."""
    browser = Browser(app)
    where = browser.post("/en/sign-in/", email=email, password=PASSWORD).location
    assert where.startswith("/en/sign-in/second/")
    return browser, where


def test_the_password_alone_opens_nothing(app, cast, set_up):
    set_up("member")
    browser, _where = half_way(app, cast.email("member"))
    for path in ("/en/me/", "/en/me/profile/", "/en/me/data/", "/en/me/notifications/"):
        page = browser.get(path)
        assert page.status == 302 and page.location.startswith("/en/sign-in/second/"), path
    assert browser.post("/en/me/profile/", name="Somebody else", country="TN").status == 302
    assert browser.get("/en/")("a[href='/en/sign-in/']")


def test_the_code_of_the_app_opens_once_and_leads_where_one_was_going(app, cast, set_up):
    _browser, phone, _codes = set_up("member")
    browser = Browser(app)
    where = browser.post(
        "/en/sign-in/?next=/en/me/profile/", email=cast.email("member"), password=PASSWORD
    ).location
    code = shown(phone)
    done = browser.post(where, code=f" {code[:3]} {code[3:]} ")
    assert done.status == 303 and done.location == "/en/me/profile/"
    assert browser.get("/en/me/profile/").status == 200
    again, where = half_way(app, cast.email("member"))
    assert again.post(where, code=code).status == 422, "the same code a second time"


@pytest.mark.parametrize(("late", "status"), [(-60, 422), (-30, 303), (0, 303), (30, 303), (60, 422)])
def test_a_clock_may_be_half_a_minute_wrong_and_no_more(app, cast, set_up, turned, late, status):
    _browser, phone, _codes = set_up("member")
    turned(minutes=5)
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=phone.at(int(clock.now().timestamp()) + late)).status == status


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"])
def test_digits_of_any_script_will_do(app, cast, set_up, digits):
    _browser, phone, _codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    typed = shown(phone).translate({ord(str(n)): one for n, one in enumerate(digits)})
    assert browser.post(where, code=typed).status == 303


def test_a_recovery_code_opens_once_and_its_owner_is_told(app, cast, set_up, mails):
    _browser, _phone, codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=codes[0].upper()).status == 303
    assert "Quedan 7." in mails()[-1]["body"]
    assert "You have 7 recovery codes left" in browser.get("/en/me/second-factor/").text("main")
    again, where = half_way(app, cast.email("member"))
    assert again.post(where, code=codes[0]).status == 422


def test_new_recovery_codes_make_the_old_ones_worthless(app, cast, set_up):
    browser, _phone, codes = set_up("member")
    fresh = [one.get_text() for one in browser.post("/en/me/second-factor/codes/").soup.select(".codes code")]
    assert len(fresh) == CODES and not set(fresh) & set(codes)
    other, where = half_way(app, cast.email("member"))
    assert other.post(where, code=codes[0]).status == 422
    assert other.post(where, code=fresh[0]).status == 303


def test_after_five_wrong_codes_one_waits_and_right_ones_do_not_count(app, cast, set_up, turned):
    _browser, phone, _codes = set_up("member")
    for _ in range(6):
        turned(minutes=1)
        browser, where = half_way(app, cast.email("member"))
        assert browser.post(where, code=shown(phone)).status == 303
    browser, where = half_way(app, cast.email("member"))
    assert [browser.post(where, code=WRONG).status for _ in range(6)] == [422] * 5 + [429]
    turned(minutes=5, seconds=1)
    assert browser.post(where, code=shown(phone)).status == 303


def test_half_a_sign_in_is_worth_nothing_after_ten_minutes(app, cast, set_up, turned):
    _browser, phone, _codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    turned(minutes=10, seconds=1)
    late = browser.post(where, code=shown(phone))
    assert late.status == 303 and late.location.startswith("/en/sign-in/?")
    assert browser.get("/en/me/").location.startswith("/en/sign-in/?")


def test_a_mailed_link_and_a_new_password_ask_for_the_second_step_too(app, cast, set_up, mails):
    set_up("member")
    browser = Browser(app)
    for path, press in (
        ("/en/sign-in/mail/", "/en/sign-in/link/"),
        ("/en/password/forgotten/", "/en/password/new/"),
    ):
        browser.post(path, email=cast.email("member"))
        browser.get(re.search(r"http://[^/]+(/es/link/\S+/)", mails()[-1]["body"])[1], follow=True)
        assert browser.post(press, password="another phrase that is long").status == 303
        assert browser.get("/en/me/").location.startswith("/en/sign-in/second/"), path


def test_setting_it_up_signs_out_everywhere_else_and_is_told(app, cast, set_up, mails):
    elsewhere = Browser(app).sign_in(cast.email("member"))
    browser, _phone, _codes = set_up("member")
    assert elsewhere.get("/en/me/").status == 302
    assert browser.get("/en/me/").status == 200
    assert "segundo paso protege" in mails()[-1]["subject"]


def test_an_app_that_was_not_tried_counts_for_nothing(app, cast, turned):
    browser = Browser(app).sign_in(cast.email("member"))
    browser.post("/en/me/second-factor/begin/")
    assert browser.post("/en/me/second-factor/app/", code=WRONG).status == 422
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200


def test_it_can_be_turned_off_and_then_the_password_is_enough(app, cast, set_up):
    browser, _phone, _codes = set_up("member")
    assert browser.post("/en/me/second-factor/end/").status == 303
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    with app.app_context():
        assert (
            db.session.scalars(select(RecoveryCode)).all()
            == db.session.scalars(select(Authenticator)).all()
            == []
        )


def test_neither_seed_nor_codes_can_be_read_in_the_database(app, cast, set_up):
    _browser, phone, codes = set_up("member")
    with app.app_context():
        row = db.session.scalars(select(Authenticator)).one()
        digests = [one.digest for one in db.session.scalars(select(RecoveryCode))]
    assert phone.secret not in row.sealed
    assert not any(code.replace("-", "").encode() in digest for code in codes for digest in digests)


def test_without_the_key_that_sealed_it_the_recovery_codes_still_open(app, cast, set_up):
    _browser, phone, codes = set_up("member")
    with app.app_context():
        db.session.execute(update(Authenticator).values(sealed="gAAAAA-sealed-elsewhere"))
        db.session.commit()
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=shown(phone)).status == 422
    assert browser.post(where, code=codes[0]).status == 303


@pytest.mark.parametrize("part", ["secretary", "leader", "representative", "funder"])
def test_outside_a_demonstration_whoever_has_more_rights_must_set_it_up_first(app, cast, set_up, part):
    app.config["DEMONSTRATION"] = False
    browser = Browser(app).sign_in(cast.email(part))
    for path in ("/en/me/", "/en/me/profile/", "/en/secretariat/"):
        assert browser.get(path).location.startswith("/en/me/second-factor/"), path
    assert browser.get("/en/objectives/a1/").status == 200, "what everyone may read stays readable"
    assert "Set it up to go on" in browser.get("/en/me/second-factor/").text("main")
    ready, _phone, _codes = set_up(part)
    assert ready.get("/en/me/").status == 200
    ready.post("/en/me/second-factor/end/")
    assert ready.get("/en/me/").location.startswith("/en/me/second-factor/"), "and anew at once"


def test_a_member_need_not(app, cast):
    app.config["DEMONSTRATION"] = False
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200


def test_what_matters_asks_again_after_a_quarter_of_an_hour_and_loses_nothing(app, cast, set_up, turned):
    desk, phone, _codes = set_up("secretary")
    assert desk.post("/en/secretariat/organisations/file/").status == 200
    turned(minutes=16)
    asked = desk.post(
        "/en/secretariat/invitations/several/", guests="a@village.example", language="fr", checked="1"
    )
    assert asked.status == 302 and asked.location.startswith("/en/me/again/")
    assert desk.post(asked.location, code=WRONG).status == 422
    back = desk.post(asked.location, code=shown(phone))
    assert back.location == "/en/secretariat/invitations/several/"
    assert "a@village.example" in desk.get(back.location).text("#guests")
    assert desk.post("/en/secretariat/organisations/file/").status == 200


def test_without_a_second_step_the_password_is_asked_for(app, cast, turned):
    desk = Browser(app).sign_in(cast.email("secretary"))
    turned(minutes=16)
    where = desk.post("/en/secretariat/organisations/file/").location
    assert where.startswith("/en/me/again/")
    assert desk.post(where, present="not it").status == 422
    assert desk.post(where, present=PASSWORD).status == 303
    assert desk.post("/en/secretariat/organisations/file/").status == 200


def test_whoever_has_no_password_signs_in_again(app, cast, turned):
    desk = Browser(app).sign_in(cast.email("secretary"))
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == cast.id("secretary")).values(password_hash=None))
        db.session.commit()
    page = desk.get("/en/me/again/")
    assert page("form[action='/en/sign-out/']") and page("#present") is None
    assert desk.post("/en/me/again/", present="").status == 403


def test_the_secretariat_takes_it_away_when_phone_and_codes_are_lost(app, cast, set_up, mails):
    member, _phone, _codes = set_up("member")
    desk = Browser(app).sign_in(cast.email("secretary"))
    path = f"/en/secretariat/people/{cast.id('member')}/second-factor/end/"
    assert desk.post(path).status == 303
    assert "Se ha quitado" in mails()[-1]["subject"]
    assert member.get("/en/me/").status == 302
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    assert desk.post(path).status == 409


def test_a_session_from_before_this_release_is_neither_waiting_nor_fresh(app, cast, turned):
    desk = Browser(app).sign_in(cast.email("secretary"))
    with app.app_context():
        db.session.execute(update(SignedIn).values(proved_at=None))
        db.session.commit()
    turned(minutes=16)
    assert desk.get("/en/secretariat/").status == 200
    assert desk.post("/en/secretariat/organisations/file/").location.startswith("/en/me/again/")


def test_half_a_sign_in_is_no_device_of_theirs_and_makes_none_known(app, cast, set_up, mails):
    member, phone, _codes = set_up("member")
    other = Browser(app)
    other.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Firefox/131.0"
    where = [
        other.post("/en/sign-in/", email=cast.email("member"), password=PASSWORD).location for _ in range(2)
    ][1]
    before = len(mails())
    assert len(member.get("/en/me/sessions/").soup.select("main .list > li")) == 1
    other.post(where, code=shown(phone))
    assert "Firefox" in mails()[before]["body"]
    assert len(member.get("/en/me/sessions/").soup.select("main .list > li")) == 2


def test_whoever_must_set_it_up_can_show_first_that_it_is_them(app, cast, turned):
    app.config["DEMONSTRATION"] = False
    browser = Browser(app).sign_in(cast.email("leader"))
    turned(minutes=16)
    where = browser.post("/en/me/second-factor/begin/").location
    assert where.startswith("/en/me/again/") and browser.get(where).status == 200
    assert browser.post(where, present=PASSWORD).status == 303
    assert browser.post("/en/me/second-factor/begin/").location == "/en/me/second-factor/app/"


def test_a_code_is_never_kept_with_a_form(app, cast, set_up):
    browser, _phone, codes = set_up("member")
    token = browser.token()
    Browser(app).sign_in(cast.email("partner"))
    with app.app_context():
        db.session.execute(delete(SignedIn))
        db.session.commit()
    browser.post("/en/me/again/", token=token, code=codes[0])
    with app.app_context():
        assert not any(codes[0] in str(fields) for fields in db.session.scalars(select(KeptForm.fields)))


def test_a_new_password_does_not_count_as_showing_the_second_step(app, cast, set_up, turned):
    desk, _phone, _codes = set_up("secretary")
    turned(minutes=16)
    changed = desk.post("/en/me/password/", present=PASSWORD, password="a wholly different phrase 99")
    assert changed.status == 303 and desk.get("/en/secretariat/").status == 200
    assert desk.post("/en/secretariat/organisations/file/").location.startswith("/en/me/again/")


@pytest.mark.parametrize("code", ["éééééé", "验证码验证码", "x" * 41, "-" * 6, ""])
def test_what_is_no_code_is_a_wrong_one(app, cast, set_up, code):
    set_up("member")
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=code).status == 422


def test_new_codes_are_told_and_recorded_and_sign_out_everywhere_else(app, cast, set_up, mails):
    browser, phone, _codes = set_up("member")
    other, where = half_way(app, cast.email("member"))
    other.post(where, code=shown(phone))
    assert other.get("/en/me/").status == 200
    browser.post("/en/me/second-factor/codes/")
    assert "nuevos códigos" in mails()[-1]["subject"]
    assert other.get("/en/me/").status == 302 and browser.get("/en/me/").status == 200
    with app.app_context():
        acts = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert "factor.renewed" in acts


def test_turning_it_off_signs_out_everywhere_else(app, cast, set_up):
    browser, phone, _codes = set_up("member")
    other, where = half_way(app, cast.email("member"))
    other.post(where, code=shown(phone))
    browser.post("/en/me/second-factor/end/")
    assert other.get("/en/me/").status == 302 and browser.get("/en/me/").status == 200


def test_the_session_gets_a_new_id_with_the_second_step(app, cast, set_up):
    _browser, phone, _codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    copy = Browser(app)
    copy.client.set_cookie("sid", browser.client.get_cookie("sid").value)
    browser.post(where, code=shown(phone))
    assert browser.get("/en/me/").status == 200
    assert copy.get("/en/me/").status == 302


def test_half_a_sign_in_brings_nothing_into_the_account(app, cast, set_up):
    _browser, phone, _codes = set_up("member")
    browser = Browser(app)
    browser.post("/en/objectives/c2/join/", role="member", contribution="Written by a stranger.", save="1")
    where = browser.post("/en/sign-in/", email=cast.email("member"), password=PASSWORD).location
    theirs = select(JoinDraft.contribution).where(JoinDraft.person_id == cast.id("member"))
    with app.app_context():
        assert "Written by a stranger." not in db.session.scalars(theirs).all()
    browser.post(where, code=shown(phone))
    with app.app_context():
        assert "Written by a stranger." in db.session.scalars(theirs).all(), "whoever has both is no stranger"


def test_whoever_must_set_it_up_reads_as_a_visitor_and_writes_nothing(app, cast):
    app.config["DEMONSTRATION"] = False
    visitor = Browser(app).get("/en/objectives/a1/team/").text("main")
    browser = Browser(app).sign_in(cast.email("leader"))
    assert browser.get("/en/objectives/a1/team/").text("main") == visitor
    for path, form in (("join/", {"role": "member", "contribution": "Mine."}), ("join/check/", {})):
        assert browser.post(f"/en/objectives/c2/{path}", **form).location.startswith("/en/me/second-factor/")
    assert browser.post("/en/sign-out/").status == 303


@pytest.mark.parametrize(("path", "form"), [
    ("/en/me/email/", {"email": "thief@village.example"}), ("/en/me/password/", {"password": "a wholly different phrase 99"}),
])  # fmt: skip
def test_without_a_password_an_old_session_changes_neither_address_nor_password(
    app, cast, turned, path, form
):
    browser = Browser(app).sign_in(cast.email("member"))
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == cast.id("member")).values(password_hash=None))
        db.session.commit()
    turned(minutes=16)
    assert browser.post(path, **form).location.startswith("/en/me/again/")


def test_a_stranger_who_knows_the_password_does_not_use_up_the_tries_of_the_owner(app, cast, set_up, turned):
    desk, phone, _codes = set_up("secretary")
    turned(minutes=16)
    stranger, where = half_way(app, cast.email("secretary"))
    for _ in range(6):
        stranger.post(where, code=WRONG)
    assert stranger.post(where, code=shown(phone)).status == 429
    assert desk.post("/en/me/again/", code=shown(phone)).status == 303
