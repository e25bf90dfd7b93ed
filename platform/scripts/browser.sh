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

install_packages() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  say "Installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 </dev/null
}

has_fonts() {
  command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh)" ] && [ -n "$(fc-list :lang=ar)" ]
}

# The driver of playwright needs libatomic, which a bare Debian lacks.
.venv/bin/playwright --version >/dev/null 2>&1 || install_packages libatomic1 || {
  say "The browser driver does not start. Install: sudo apt-get install libatomic1"
  exit 1
}
find_browser >/dev/null || install_packages chromium fonts-noto-core fonts-noto-cjk || {
  say "No browser was found. Install: sudo apt-get install chromium fonts-noto-core fonts-noto-cjk"
  exit 1
}
has_fonts || install_packages fontconfig fonts-noto-core fonts-noto-cjk || {
  say "Fonts for Arabic and Chinese are missing. Install: sudo apt-get install fonts-noto-core fonts-noto-cjk"
  exit 1
}
find_browser
