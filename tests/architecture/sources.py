"""The files the architecture tests read."""

from pathlib import Path

from permille.foundation import paths

ROOT = paths.DATA
PYTHON = sorted((ROOT / "platform" / "permille").rglob("*.py"))
TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
FRAGMENTS = [path for path in TEMPLATES if path.name.startswith("_")]
MAILS = sorted(paths.TEMPLATES.glob("mails/*.txt"))
SHEETS = sorted((paths.STATIC / "css").glob("*.css"))
SCRIPTS = sorted((paths.STATIC / "js").glob("*.js"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
