"""Prints how much of the code the tests ran: the whole, and each file of which they ran little.

Ends with 1 where the whole is less than `report.fail_under` of coverage's settings.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from coverage import Coverage

LITTLE = 80.0
"""Percent of a file's lines: below it somebody should look."""


def main() -> int:
    coverage = Coverage()
    coverage.load()
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        whole = coverage.json_report(outfile=str(report))
        files = json.loads(report.read_text("utf-8"))["files"]
    shares = {name: each["summary"]["percent_covered"] for name, each in files.items()}
    for name, share in sorted(shares.items(), key=lambda item: item[1]):
        if share < LITTLE:
            print(f"{share:5.1f} % of {name}")
    wanted = coverage.config.fail_under
    print(f"The tests ran {whole:.1f} % of the lines.")
    return 0 if whole >= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
