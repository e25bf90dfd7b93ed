"""Which passwords will do."""

import pytest

from permille.people.guessable import is_guessable
from permille.people.passwords import weakness
from tests.browser import Browser
from tests.people.following import follow


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "4p1000soilcarbon",
        "Password-2024-Password",
        "AminaBenAli2024",
        "x" * 100 + "abcdefgh" * 20,
    ],
)
def test_what_is_short_long_or_easy_to_guess_is_refused(app, password):
    with app.test_request_context("/en/"):
        assert weakness(password, "Amina Ben Ali", "amina@farm.example")


@pytest.mark.parametrize(
    "password",
    [
        "rivers below the acacia",
        "olive harvest",
        "土壤里的碳让我们大家一起来",
        "дождь над старой мельницей",
        "قوافل الملح عبر الكثبان",
        "kQ7#pLw2!zRt",
        "soil coffee monday tennis dragon",
        "7f3a9c1e8b2d",
    ],
)
def test_any_kind_of_letters_will_do(app, password):
    with app.test_request_context("/en/"):
        assert weakness(password, "Amina Ben Ali", "amina@farm.example") is None


EASY = """
carbonecarbone12 почвапочва2026 организация2026! contraseña12345 الكربونالتربة organisation2026
organization123 leaderleader123 representative1 teammember12345 regional2026!! fourperthousand
quatrepourmille iloveyou123456 password12345678 liverpool123456 mustang12345678 charlie12345678
michaeljordan23 jessica123456789 пароль123456789 йцукенгшщзхъ 密码密码密码密码密码密码1 1qaz2wsx3edc4rfv
correcthorsebatterystaple 1q2w3e4r5t6y7u8i trustno1trustno1 chocolate123456 secretsecret123
welcome2026!!!! P4ssw0rd!P4ssw0rd! abcdefghijklmnop zyxwvutsrqpo q1w2e3r4t5y6u7 azertyuiopqsdf
منظمةمنظمة2026 千分之四土壤碳千分之四土壤碳 SueloSuelo2026 абвгдежзийклм 111122223333444
"""


@pytest.mark.parametrize("password", EASY.split())
def test_what_everybody_tries_first_is_refused_in_every_language(password):
    assert is_guessable(password, ())


def test_a_list_of_ones_own_refuses_more(app, tmp_path):
    (tmp_path / "list.txt").write_text("Kilimanjaro-Snows\n", "utf-8")
    app.config["PASSWORD_LIST"] = str(tmp_path / "list.txt")
    with app.test_request_context("/en/"):
        assert weakness("kilimanjarosnows 2027")
        assert weakness("rivers below the acacia") is None


@pytest.mark.parametrize("part", ["secretary", "funder", "leader", "representative", "member"])
def test_whoever_has_a_role_or_an_office_needs_a_longer_one(browser, cast, part):
    browser.sign_in(cast.email(part))
    needed = 12 if part == "member" else 15
    assert f"At least {needed} characters" in browser.get("/en/me/password/").text("form")
    page = browser.post("/en/me/password/", password="olive harvest", present="four per thousand")
    assert page.status == (303 if part == "member" else 422)


def test_an_older_password_that_is_too_short_for_a_new_role_is_replaced_by_mail(app, browser, cast, mails):
    email = cast.email("member")
    browser.sign_in(email)
    browser.post("/en/me/password/", password="olive harvest", present="four per thousand")
    desk = Browser(app).sign_in(cast.email("secretary"))
    desk.post(f"/en/secretariat/people/{cast.id('member')}/role/", role="funder")
    assert browser.get("/en/me/").status == 302
    page = browser.post("/en/sign-in/", email=email, password="olive harvest", follow=True)
    assert "longer password" in page.text() and browser.get("/en/me/").status == 302
    form = follow(browser, mails()[-1])
    assert "15" in browser.get(form).text("form")
    assert browser.post(form, password="olive harvest").status == 422
    assert browser.post(form, password="rivers below the acacia").status == 303
    assert browser.get("/en/me/").status == 200


def test_setting_a_password_ends_other_sessions_and_asks_for_the_present_one(app, browser, cast):
    other = Browser(app).sign_in(cast.email("member"))
    browser.sign_in(cast.email("member"))
    assert browser.post("/en/me/password/", password="rivers below the acacia", present="wrong").status == 422
    changed = browser.post(
        "/en/me/password/", password="rivers below the acacia", present="four per thousand"
    )
    assert changed.status == 303
    assert browser.get("/en/me/").status == 200
    assert other.get("/en/me/").status == 302
