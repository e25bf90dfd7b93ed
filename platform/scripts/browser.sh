#!/bin/sh
# Print the path of a Chromium for the browser tests, installing what is missing when run as root.
set -eu
say() { echo "$*" >&2; }

find_browser() {
  for name in "${BROWSER_BIN:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" && return 0
  done
  return 1
}

has_fonts() {
  command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh)" ] && [ -n "$(fc-list :lang=ar)" ]
}

missing() {
  # The driver of playwright needs libatomic, which a bare Debian lacks.
  .venv/bin/playwright --version >/dev/null 2>&1 || echo libatomic1
  find_browser >/dev/null || echo chromium
  has_fonts || echo fontconfig fonts-noto-core fonts-noto-cjk
}

install_packages() {
  log=$(mktemp)
  say "Installing $*"
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
}

wanted=$(missing | tr '\n' ' ')
if [ -n "$wanted" ]; then
  # shellcheck disable=SC2086
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && install_packages $wanted; then
    wanted=$(missing | tr '\n' ' ')
  fi
  [ -z "$wanted" ] || {
    say "The browser tests need more packages. Install them as root: apt-get install $wanted"
    exit 1
  }
fi
find_browser
