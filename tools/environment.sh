#!/bin/sh
# Makes .venv with Kempelen in it (with "dev": also with the tools that tests and checks need).
# Takes a moment while pyproject.toml is as it was.  PYTHON names the Python to build with.
set -eu

venv=.venv
purpose=${1:-run}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

fits() { "$1" -c 'import sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

version_of() { "$1" -c 'import sys; print(sys.version)' 2>/dev/null || true; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if fits "$PYTHON"; then echo "$PYTHON"; return; fi
        say "PYTHON=$PYTHON is not a working Python 3.11 or later (with sqlite3 and ssl)."
        return 1
    fi
    for candidate in python3.13 python3.12 python3.11 python3.14 python3 python; do
        # A name on PATH may be a version manager's empty stand-in, so each is tried, not just found.
        if fits "$candidate"; then echo "$candidate"; return; fi
    done
    say "Kempelen needs Python 3.11 or later, and none was found on PATH.  Install one"
    say "(Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python),"
    say "or name one that you have: make PYTHON=/path/to/python3.12 …"
    return 1
}

make_venv() {
    python=$(find_python)
    say "Making $venv with $("$python" -c 'import platform, sys; print("Python", platform.python_version(), "at", sys.executable)')"
    if "$python" -m venv --clear "$venv" >"$log" 2>&1; then return; fi
    # Debian and Ubuntu keep half of the venv module in a package of its own.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "This Python cannot make environments yet: installing $package with apt-get"
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y "$package"; } >>"$log" 2>&1 || true
        if "$python" -m venv --clear "$venv" >>"$log" 2>&1; then return; fi
    fi
    if "$python" -m virtualenv --clear "$venv" >>"$log" 2>&1; then return; fi
    cat "$log" >&2
    say "$python cannot make a virtual environment.  Debian, Ubuntu: sudo apt install $package"
    return 1
}

# An environment made by another Python than the one asked for, or in a folder that has moved, is no use.
is_usable() {
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || return 1
    case $("$venv/bin/python" -m pip --version) in *"$PWD/$venv/"*) ;; *) return 1 ;; esac
    [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of "$venv/bin/python")" ]
}

is_current() {
    cmp -s pyproject.toml "$venv/made-for-$purpose" || return 1
    grep -qsF "$PWD/$venv/" "$venv/bin/kempelen" || return 1
    "$venv/bin/python" -c 'import kempelen' 2>/dev/null || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of "$venv/bin/python")" ]
}

pip() { "$venv/bin/python" -m pip --disable-pip-version-check --quiet --quiet "$@"; }

if is_current; then exit 0; fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! is_usable; then make_venv; fi
export PIP_ROOT_USER_ACTION=ignore
if [ "$purpose" = dev ]; then
    say "Installing Kempelen and the tools for tests and checks into $venv (some minutes the first time)"
    pip install --upgrade 'pip>=25.1' # the first that reads [dependency-groups]
    pip install --editable . --group dev
    cp pyproject.toml "$venv/made-for-dev"
else
    say "Installing Kempelen into $venv (a minute the first time)"
    pip install --editable .
fi
cp pyproject.toml "$venv/made-for-run"
