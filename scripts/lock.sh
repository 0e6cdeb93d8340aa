#!/bin/sh
# Resolves the dependencies again, with hashes. Needs uv, and asks the indexes that uv is set up
# with. PyTorch has files of its own, so that the set-up may choose the build for CPUs alone.
set -eu
cd "$(dirname "$0")/.."

compile() {
    uv pip compile --quiet --generate-hashes --custom-compile-command "make lock" "$@"
}

compile --python-version 3.11 --extra test --no-emit-package torch pyproject.toml \
    -o requirements/assistant.txt
compile --python-version 3.11 --universal requirements/torch.in -o requirements/torch.txt
compile --python-version 3.10 requirements/rasa.in -o requirements/rasa.txt
