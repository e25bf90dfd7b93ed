"""A passkey in a real browser: added, and shown to sign in, with Chromium's own authenticator in software."""

from playwright.sync_api import expect

from tests.engines import ON_SQLITE
from tests.looking import is_wider_than_its_window, sign_in, violations

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@ON_SQLITE
def test_a_passkey_is_added_and_opens_the_next_sign_in(visit):
    page = visit("/en/", width=390)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    sign_in(page, "member")
    page.goto("/en/me/second-step/passkeys/new/")
    page.click("main form .btn")
    expect(page.locator("#errors")).to_contain_text("Give the passkey a name")
    page.fill("#name", "My phone")
    assert violations(page) == [] and not is_wider_than_its_window(page)
    page.click("main form .btn")
    expect(page.locator(".codes code")).to_have_count(8)
    page.goto("/en/me/second-step/passkeys/new/")
    page.fill("#name", "The same phone")
    page.click("main form .btn")
    expect(page.locator("main .err")).to_contain_text("a passkey for your account already")
    page.goto("/en/me/")
    page.click("main form .btn >> text=Sign out")
    page.goto("/en/sign-in/?next=/en/me/second-step/")
    page.fill("#email", "member@demo.example")
    page.fill("#password", "four per thousand")
    page.press("#password", "Enter")
    page.wait_for_url("**/sign-in/second/**")
    assert violations(page) == [] and not is_wider_than_its_window(page)
    page.click("main .btn >> text=Use a passkey")
    page.wait_for_url("**/me/second-step/")
    expect(page.locator("main .list")).to_contain_text("My phone")
    expect(page.locator("main .list")).to_contain_text("last used")
