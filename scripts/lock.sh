#!/bin/sh
# Writes the three lock files anew from pyproject.toml. Needs uv. Run it after a change of dependencies, then `./test`.
set -eu
cd "$(dirname "$0")/.."
compile() {
    output=$1
    shift
    uv pip compile pyproject.toml "$@" --python-version 3.11 --universal --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file "$output"
}
compile requirements.lock --extra charts --extra stata --extra mcp --extra report "${@}"
compile requirements-dev.lock --group dev --constraint requirements.lock "${@}"
uv pip compile --group build --python-version 3.11 --universal --generate-hashes --constraint requirements-dev.lock \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file requirements-build.lock "${@}"
if grep -nE '://|file:|^-' requirements*.lock; then
    echo "a lock file names a place; it must name packages and hashes only" >&2
    exit 1
fi
