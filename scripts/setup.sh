# Makes the virtual environment .venv and installs the locked packages and the project. Meant to be sourced:
#
#     SETUP=run . scripts/setup.sh     what the program needs
#     SETUP=dev . scripts/setup.sh     what the tests need as well
#
# A variable and not an argument, since sh gives a sourced file none.
#
# Afterwards $PYTHON is the environment's interpreter. A second call costs a checksum only. It needs Python 3.11 or
# newer; on Debian and its like it installs python3-venv itself where that is missing and it may.
# Set SAIDAO_PYTHON to choose the interpreter. For the tests of the page it installs a browser and Chinese fonts where it may.

set -eu
VENV=.venv
KIND=${SETUP:-run}

say() { printf '%s\n' "$*" >&2; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# One lock file a kind; the developer's holds all of the other at the same versions.
lock_of() { if [ "$1" = dev ]; then echo requirements-dev.lock; else echo requirements.lock; fi; }
fingerprint() {
    cat requirements-build.lock "$(lock_of "$1")" pyproject.toml scripts/setup.sh | cksum
    pwd  # an environment does not survive being moved
}
installed() { [ -f "$VENV/.installed-$1" ] && [ "$(cat "$VENV/.installed-$1")" = "$(fingerprint "$1")" ]; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}
install_debian() {
    command -v apt-get >/dev/null || return 1
    say "installing with apt-get: $*"
    as_root apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# Another interpreter is asked for than the one that the environment was made with.
version_of() { "$1" -c 'import sys; print(sys.version_info[:3])' 2>/dev/null; }
other_python() {
    [ -n "${SAIDAO_PYTHON:-}" ] && asked=$(version_of "$SAIDAO_PYTHON") && [ "$asked" != "$(version_of "$VENV/bin/python")" ]
}

find_python() {
    for candidate in "${SAIDAO_PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14 python; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null && new_enough "$candidate" && {
            command -v "$candidate"
            return
        }
    done
    return 1
}

# Four ways to an environment with pip, the plain one first.
make_environment() {
    base=$1
    rm -rf "$VENV"
    "$base" -m venv "$VENV" >/dev/null 2>&1 && has_pip && return
    version=$("$base" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    rm -rf "$VENV"
    { install_debian python3-venv "$version-venv" || install_debian python3-venv; } &&
        "$base" -m venv "$VENV" >/dev/null 2>&1 && has_pip && return
    rm -rf "$VENV"
    "$base" -m virtualenv --quiet "$VENV" >/dev/null 2>&1 && has_pip && return
    borrowed=$(mktemp -d)
    rm -rf "$VENV"
    "$base" -m pip install --quiet --target "$borrowed" virtualenv >/dev/null 2>&1 &&
        PYTHONPATH=$borrowed "$base" -m virtualenv --quiet "$VENV" >/dev/null 2>&1
    rm -rf "$borrowed"
    has_pip
}
has_pip() { [ -x "$VENV/bin/python" ] && "$VENV/bin/python" -m pip --version >/dev/null 2>&1; }

# The tests of the page want a browser with Chinese fonts; where there is none and none can be had they are skipped.
install_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return
    done
    install_debian chromium fonts-noto-cjk || say "no browser: the tests of the page in a browser are skipped (Debian: apt-get install chromium fonts-noto-cjk)"
}

install_all() {
    pip() { "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-build-isolation "$@"; }
    say "setting up $VENV ($KIND): about a minute the first time"
    # The tools that build come first: building from source then uses these, and not whatever is newest.
    pip --require-hashes -r requirements-build.lock
    pip --require-hashes -r "$(lock_of "$KIND")"
    pip --no-deps --editable .
    "$VENV/bin/python" -m compileall -q "$VENV"/lib/python*/site-packages src >/dev/null 2>&1 || true
    fingerprint "$KIND" >"$VENV/.installed-$KIND"
    # What the developer's environment holds is enough to run the program.
    if [ "$KIND" = dev ]; then
        fingerprint run >"$VENV/.installed-run"
        install_browser
    fi
}

if ! installed "$KIND" || ! [ -x "$VENV/bin/python" ] || other_python; then
    if ! has_pip || ! new_enough "$VENV/bin/python" || other_python; then
        base=$(find_python) || { install_debian python3 python3-venv && base=$(find_python); } || {
            say "Saidao needs Python 3.11 or newer, and none was found. Install it (Debian: apt-get install python3 python3-venv), or name it: SAIDAO_PYTHON=/path/to/python3.11 $0"
            exit 2
        }
        make_environment "$base" || {
            say "$base cannot make a virtual environment. Install its venv module (Debian: apt-get install python3-venv) or virtualenv, then run $0 again."
            exit 2
        }
    fi
    install_all
fi
PYTHON=$PWD/$VENV/bin/python
