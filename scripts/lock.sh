#!/bin/sh
# Resolves the dependencies again, with hashes. Needs uv, and asks the indexes that uv is set up
# with. PyTorch has files of its own, so that the set-up may choose the build for CPUs alone.
set -eu
cd "$(dirname "$0")/.."

compile() {
    uv pip compile --quiet --generate-hashes --custom-compile-command "make lock" "$@"
}

compile --python-version 3.11 --universal requirements/torch.in -o requirements/torch.txt

# What PyTorch needs on Linux alone are the libraries of a graphics card, several GB of them. They
# belong to its ordinary build, in torch.txt. assistant.txt goes with the build for CPUs alone as
# well, so it may not name them. The names change with each release, so they are read, not listed.
left_out=$(mktemp)
trap 'rm -f "$left_out"' EXIT
sed -n "s/==.*sys_platform == 'linux'.*//p" requirements/torch.txt > "$left_out"

compile --python-version 3.11 --extra build --extra test --no-emit-package torch \
    --excludes "$left_out" pyproject.toml -o requirements/assistant.txt

# What answers needs neither PyTorch nor the tests. The package of the encoder's weights asks for
# sentence-transformers; read as files, its vocabulary and its weights need nothing. The versions
# are those that the tests have run with.
echo sentence-transformers > "$left_out"
compile --python-version 3.11 --constraints requirements/assistant.txt --excludes "$left_out" \
    pyproject.toml -o requirements/serving.txt
compile --python-version 3.10 requirements/rasa.in -o requirements/rasa.txt
