"""Following mails the way their readers do."""

import re

from tests.browser import Browser


def link_in(mail: dict) -> str:
    """Return the path of the link in a mail."""
    return re.search(r"https?://[^/\s]+(/\S+/link/\S+)", mail["body"])[1]


def code_in(mail: dict) -> str:
    return re.search(r"^\d{6}$", mail["body"], re.MULTILINE)[0]


def follow(browser: Browser, mail: dict) -> str:
    """Open the link of a mail and return the page it leads to."""
    return browser.get(link_in(mail)).location


def sign_up(
    browser: Browser, mails, email: str = "ana@farm.example", name: str = "Ana Núñez", country: str = "PE"
) -> None:
    browser.post("/en/sign-up/", email=email, language="en")
    page = browser.post(follow(browser, mails()[-1]), name=name, country=country, agreed="y")
    assert page.status == 303, page.text()
