"""`make pictures`: the README's pictures, taken from the running product with its demonstration data."""

import os
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from permille.app import create_app
from tests.architecture.sources import ROOT
from tests.engines import SETTINGS, fill

FOLDER = ROOT / "platform" / "pictures"
PICTURES = {
    "home-en": ("/en/", 1280, False, None),
    "objective-ar-phone": ("/ar/objectives/a1/", 390, False, None),
    "join-fr": ("/fr/objectives/a1/join/", 1280, False, None),
    "portal-zh-dark": ("/zh/africa/", 1280, True, None),
    "desk-en": ("/en/secretariat/", 1280, False, "secretary@demo.example"),
    "seats-es": ("/es/vacancies/", 1280, False, None),
    "vacancy-ar-phone": ("/ar/vacancies/f2/africa/", 390, False, None),
    "candidates-fr": ("/fr/vacancies/e2/leader/candidates/", 1280, False, "secretary@demo.example"),
    "record-en": ("/en/vacancies/records/1/", 1280, False, "secretary@demo.example"),
    "texts-ru": ("/ru/secretariat/texts/objectives/a1/ru/", 1280, False, "secretary@demo.example"),
}
HEIGHT = 900


def take(chromium: Browser, base: str, name: str) -> None:
    """Take one picture."""
    path, width, dark, account = PICTURES[name]
    context = chromium.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme="dark" if dark else "light", base_url=base
    )
    page = context.new_page()
    if account:
        page.goto("/en/sign-in/")
        page.fill("#email", account)
        page.fill("#password", "four per thousand")
        page.press("#password", "Enter")
        page.wait_for_url("**/me/")
    page.goto(path)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main() -> None:
    """Start the product on a scratch database and take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/pictures.db"
        fill(url, Path(scratch))
        app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=url, INSTANCE=Path(scratch))
        server = make_server("localhost", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=os.environ.get("BROWSER_BIN") or shutil.which("chromium"),
                args=["--no-sandbox"],
            )
            for name in PICTURES:
                take(chromium, f"http://localhost:{server.port}", name)
            chromium.close()
        server.shutdown()


if __name__ == "__main__":
    main()
