#!/bin/sh
# Fetches every file that the lock files name into the folder `wheelhouse`, for a machine that
# reaches no registry. Run it on the same system and processor as that machine, with Python 3.11
# and 3.10. What lies there already and has the right hash is not fetched again.
set -eu
cd "$(dirname "$0")/.."

fetch() {
    python=$1
    shift
    "$python" -m pip download --quiet --no-deps --require-hashes --dest wheelhouse \
        --find-links wheelhouse "$@"
}

# The build for CPUs alone where pip sees it, as scripts/setup.py does.
fetch python3.11 -r requirements/torch-cpu.txt || fetch python3.11 -r requirements/torch.txt
fetch python3.11 -r requirements/assistant.txt
fetch python3.11 -r requirements/serving.txt
fetch python3.10 -r requirements/rasa.txt
