"""`python -m demo`: serves the demonstration page from an origin of its own."""

from __future__ import annotations

import argparse

from demo.host import HostPage

parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
parser.add_argument("--assistant", default="http://127.0.0.1:8000", help="where the assistant is")
parser.add_argument("--port", type=int, default=8010)
arguments = parser.parse_args()

with HostPage(arguments.port) as page:
    page.assistant = arguments.assistant
    print(f"The demonstration page is at {page.origin}/")
    print(f"Start the assistant with FP_ALLOWED_ORIGINS={page.origin}")
    print(f"and FP_FRAME_ANCESTORS={page.origin}, or the browser keeps it out.")
    try:
        page.serve()
    except KeyboardInterrupt:
        print()
