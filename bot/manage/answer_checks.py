"""Whether the answers of the draft were checked, and whether it may be published by that."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Request

from bot.operations.published_draft import WORSE_TOLD
from bot.operations.replay.checks import AnswerCheck, AnswerChecks

UNCHECKED = (
    "Not published yet. What the draft changes in the answers is checked first, which takes a"
    " minute or two. Publish it when the check is done."
)
FAILED = (
    "Not published. The answers could not be checked, and the log says why"
    " (answer_check.failed). Check the draft again."
)
BROKEN = (
    "Not published. The draft cannot be answered from: mend what is listed under “Check” first."
)
WORSE = (
    "Not published. Answers get worse with the draft, and {left} of them {are} not ticked. Mend the"
    " draft, or tick each of them that is meant."
)
TOO_MANY = (
    f"Not published. More than {WORSE_TOLD} answers get worse with the draft. Mend it, or have it"
    " published at a terminal, with `principles content draft publish --accept-regressions`."
)


def get_answer_checks(request: Request) -> AnswerChecks:
    checks: AnswerChecks = request.app.state.answer_checks
    return checks


AnswerChecksDep = Annotated[AnswerChecks, Depends(get_answer_checks)]


def hindrance(check: AnswerCheck, meant: Collection[str]) -> str:
    """Why the draft is not published, in words; empty where it may be. `meant`: the ids of the
    regressions that the approver has ticked."""
    if check.comparison is None:
        return {"broken": BROKEN, "failed": FAILED}.get(check.state, UNCHECKED)
    worse = check.comparison.regressions
    if len(worse) > WORSE_TOLD:
        return TOO_MANY
    left = len({each.id for each in worse} - set(meant))
    return WORSE.format(left=left, are="is" if left == 1 else "are") if left else ""
