"""Looking at pages in a real Chromium: axe, widths, spacing."""

import contextlib
import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tests.architecture.sources import ROOT

AXE = (ROOT / "tests" / "vendor" / "axe-4.14.1.min.js").read_text("utf-8")
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    "p { margin-block-end: 2em !important; }"
)
"""The text spacing of WCAG 1.4.12, which a reader may impose on any page."""


@contextlib.contextmanager
def opened_chromium() -> Iterator[Browser]:
    """Yield a Chromium for as long as the block lasts."""
    path = os.environ.get("BROWSER_BIN") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def violations(page: Page) -> list:
    """Run axe on a page and return what it finds."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]]


def is_wider_than_its_window(page: Page) -> bool:
    """Tell whether a page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def impose_spacing(page: Page) -> None:
    """Impose the text spacing of WCAG 1.4.12, as a reader's own style sheet would."""
    page.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
        " document.adoptedStyleSheets = [sheet]; }",
        SPACING,
    )


def sign_in(page: Page, account: str) -> None:
    """Sign in as somebody of the demonstration."""
    page.goto("/en/sign-in/")
    page.fill("#email", f"{account}@demo.example")
    page.fill("#password", "four per thousand")
    page.press("#password", "Enter")
    page.wait_for_url("**/me/")
