"""Where files lie, how long they are, and what they may not name."""

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from permille.foundation import paths
from tests.architecture.sources import PYTHON, ROOT, SCRIPTS, TEMPLATES, name

TOP = {
    "pyproject.toml", "wsgi.py", "platform", "regions", "translations", "templates", "static", "tests", "README.md",
    "Makefile", "requirements.lock", "requirements-dev.lock", "CHANGELOG.md",
}  # fmt: skip
HOSTS = ("python" + "hosted", "registry." + "npmjs", "pypi.org/" + "simple", "deb." + "debian.org")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.split()


def test_import_platform_is_still_the_standard_library():
    import platform

    assert Path(platform.__file__).is_relative_to(sysconfig.get_path("stdlib"))
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_only_the_agreed_names_stand_at_the_top():
    top = {path.partition("/")[0] for path in tracked()}
    assert {one for one in top if not one.startswith(".")} <= TOP


@pytest.mark.parametrize(
    "folder", [paths.REGIONS, paths.TEMPLATES, paths.STATIC, paths.TRANSLATIONS], ids=name
)
def test_data_folders_hold_no_code(folder):
    assert list(folder.rglob("*.py")) == []


@pytest.mark.parametrize("path", [*PYTHON, *TEMPLATES, *SCRIPTS], ids=name)
def test_a_file_is_short_enough_to_read(path):
    if "migrations/versions" not in str(path):
        assert len(path.read_text("utf-8").splitlines()) <= 200


def test_conftest_stays_a_stage_and_not_a_warehouse():
    assert len((ROOT / "tests" / "conftest.py").read_text("utf-8").splitlines()) <= 110


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_address_and_hashes_everything(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    packages = re.findall(r"^[a-z0-9][^ =]*==", text, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert packages and len(blocks) == len(packages)
    assert all("--hash=sha256:" in block for block in blocks)


def test_no_file_names_a_package_host_or_a_machine():
    for path in tracked():
        file = ROOT / path
        if file.suffix in (".png", ".js") or not file.is_file():
            continue
        text = file.read_text("utf-8")
        assert not [host for host in HOSTS if host in text], path
        assert not re.search(r"(^|[^a-z])/(work|farm)/", text), path


def test_vendored_files_are_what_their_checksums_say():
    for folder in (paths.STATIC / "vendor", ROOT / "tests" / "vendor"):
        subprocess.run(["sha256sum", "--check", "--quiet", "CHECKSUMS"], cwd=folder, check=True)
