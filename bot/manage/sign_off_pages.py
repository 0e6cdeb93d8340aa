"""Signing a document's text on its page, and whether it takes two people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from bot.manage.access import ApproverDep, EditorDep
from bot.manage.documents import PATH
from bot.manage.editing import Editing, EditingDep, went
from bot.manage.signers import SignersForm, signers_change
from bot.manage.workbench import WorkbenchDep
from bot.operations.signing import mark_needs_two, sign
from knowledge.documents import read_document_of
from knowledge.errors import ContentError, Location
from knowledge.revision.review import Acceptance

router = APIRouter()

SIGN_OFF = "sign-off"


@router.post("/documents/{document_id}/sign")
def sign_text(
    person: ApproverDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    document_id: str,
    text: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
) -> Response:
    """`text`: the SHA-256 of the text that the person saw."""
    as_role = " ".join(role.split())
    if not as_role:
        problem = "write in which role you sign, such as policy officer"
        raise ContentError.at(Location("the signature"), problem)
    title = title_of(editing, document_id)
    decision = Acceptance(by=person.name, role=as_role, on=date.today())

    def apply(folder: Path) -> None:
        sign(folder, document_id, text, decision)

    editing.change(person.name, f"Signed {title}, as {as_role}", apply)
    workbench.audit.note(person.name, "document_signed", f"{title}, as {as_role}: {text}")
    return went(f"{PATH}/{document_id}", "signed", SIGN_OFF)


@router.post("/documents/{document_id}/needs-two")
def needs_two(
    person: EditorDep,
    editing: EditingDep,
    workbench: WorkbenchDep,
    document_id: str,
    given: Annotated[SignersForm, Form()],
) -> Response:
    change = signers_change(person, title_of(editing, document_id), given)

    def apply(folder: Path) -> None:
        mark_needs_two(folder, document_id, needs_two=change.two)

    editing.change(person.name, change.what, apply)
    change.note(workbench, person)
    return went(f"{PATH}/{document_id}", change.done, SIGN_OFF)


def title_of(editing: Editing, document_id: str) -> str:
    return read_document_of(editing.now().folder, document_id).title
