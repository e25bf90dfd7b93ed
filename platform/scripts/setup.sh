#!/bin/sh
# Make .venv hold what a lock file names, and this project. Does nothing when it already does.
set -eu
lock=$1
python=${PYTHON:-python3}
stamp=.venv/.installed

say() { echo "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  say "Python 3.11 or newer is needed. Install it, or name it: PYTHON=/path/to/python3 make"
  exit 1
}
wanted=$(cat "$lock" pyproject.toml | cksum)
# The lock for tests holds everything the one for running holds.
for known in "$stamp-$(basename "$lock")" "$stamp-requirements-dev.lock"; do
  [ "$known" = "$stamp-requirements-dev.lock" ] && wanted=$(cat requirements-dev.lock pyproject.toml | cksum)
  [ -f "$known" ] && [ "$(cat "$known")" = "$wanted" ] && exit 0
done
wanted=$(cat "$lock" pyproject.toml | cksum)

if [ ! -x .venv/bin/python ]; then
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      say "Installing python3-venv"
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null 2>&1
    else
      say "This Python has no venv module. Install it first, as root: apt-get install python3-venv"
      exit 1
    fi
  fi
  say "Making the virtual environment .venv"
  "$python" -m venv .venv
fi
say "Installing what $lock names (the first time takes a minute)"
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$wanted" > "$stamp-$(basename "$lock")"
