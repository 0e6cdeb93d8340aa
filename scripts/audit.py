"""Known weaknesses in the modern environment's packages, by pip-audit.

Exit status 0: none known; 1: some, listed; 3: the advisory service did not answer, so
nothing was audited. Nothing is ever called audited that was not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LOCK = "requirements/assistant.txt"
NOT_AUDITED = 3
COMMAND = [
    *(sys.executable, "-m", "pip_audit", "--requirement", LOCK, "--require-hashes"),
    *("--disable-pip", "--format", "json", "--progress-spinner", "off"),
]


def main() -> int:
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        packages = []
    return report(packages)


def report(packages: list[dict[str, Any]]) -> int:
    """`packages` as pip-audit gives them: each with `vulns`, or with a `skip_reason`."""
    audited = [each for each in packages if "skip_reason" not in each]
    if not audited:
        print(
            "NOT AUDITED: the advisory service does not answer. Run this where it can be reached."
        )
        return NOT_AUDITED
    weak = [(each, vuln) for each in audited for vuln in each["vulns"]]
    for each, vuln in weak:
        fixed = ", ".join(vuln["fix_versions"]) or "no version yet"
        print(f"{each['name']} {each['version']}: {vuln['id']}, fixed in {fixed}")
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    print(f"{len(audited)} packages audited, {len(weak)} weaknesses known.")
    if skipped:
        print(f"Not audited: {', '.join(skipped)}")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
