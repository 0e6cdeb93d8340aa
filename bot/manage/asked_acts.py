"""What an editor does about a group of questions: each changes the draft, or hides them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from bot.api.authentication import ContainerDep
from bot.asked.groups import AskedGroup
from bot.asked.looking import AskedFilter
from bot.asked.store import Settled
from bot.container import Container
from bot.manage.access import EditorDep, Person
from bot.manage.asked_pages import HERE, FilterDep, group_gone, group_page, looking_at, today
from bot.manage.editing import Editing, EditingDep
from bot.manage.gap_form import FORM, ReplyForm, contacts_now
from bot.manage.passage_picker import LookingForm, Shelf
from bot.manage.typed_fields import lines
from bot.manage.workbench import WorkbenchDep
from bot.operations.counted import counted
from bot.storage.engine import in_database
from knowledge.errors import ContentError
from knowledge.known_gaps import NewGap, add_gap
from knowledge.written import in_words
from knowledge.written_questions import add_question, taken_from

router = APIRouter(prefix="/asked")

NEAR_A_GAP = 5
"""Passages that a gap is mistaken for: those that are shipped name up to so many."""


class QuestionForm(LookingForm):
    """`passage` is the id of the one that was chosen. `questions`: one a line."""

    act: str = "question"
    passage: str = ""
    questions: str = ""


class GapForm(ReplyForm):
    """`questions`: one a line."""

    act: str = "gap"
    questions: str = ""


@dataclass(frozen=True)
class Acting:
    """Who acts, on which group of questions, and how they came to see it."""

    request: Request
    container: Container
    person: Person
    wanted: AskedFilter
    group_id: str

    async def group(self) -> AskedGroup | None:
        return await run_sync(looking_at(self.container).group, self.wanted, self.group_id)

    def gone(self) -> Response:
        return group_gone(self.request, self.container, self.person, self.wanted)

    async def settle(self, texts: Collection[str], how: Settled, left: int = 0) -> Response:
        """And back to the list, which says so. `left`: questions of the group that stay there."""
        await in_database(self.container.use.asked.settle, texts, how, today())
        return RedirectResponse(f"{HERE}?{self.wanted.query}&done={how}&left={left}", 303)

    async def settle_written(
        self, found: AskedGroup, written: Sequence[str], how: Settled
    ) -> Response:
        """Those of the group that were `written`, in their own words. A group is of questions that
        look alike: whoever takes one out of the form does not mean it."""
        words = set(map(in_words, written))
        texts = [each.text for each in found.questions if in_words(each.text) in words]
        return await self.settle(texts, how, len(found.questions) - len(texts))

    async def change(
        self,
        editing: Editing,
        found: AskedGroup,
        form: QuestionForm | GapForm,
        what: str,
        apply: Callable[[Path], None],
    ) -> Response | None:
        """Changes the draft; where that is refused, the page with the form as it was."""
        try:
            await run_sync(editing.change, self.person.name, what, apply)
        except ContentError as refused:
            problem = "\n".join(slip.text for slip in refused.violations)
            return await self.page(editing, found, form, status=422, problem=problem)
        return None

    async def page(
        self,
        editing: Editing,
        found: AskedGroup,
        form: QuestionForm | GapForm,
        *,
        status: int = 200,
        problem: str = "",
    ) -> Response:
        """The group again, with the form as it was."""
        return await group_page(
            self.request,
            self.container,
            self.person,
            self.wanted,
            found,
            editing,
            status=status,
            problem=problem,
            typed=form,
        )


def get_acting(
    request: Request,
    container: ContainerDep,
    person: EditorDep,
    wanted: FilterDep,
    group_id: str,
) -> Acting:
    return Acting(request, container, person, wanted, group_id)


ActingDep = Annotated[Acting, Depends(get_acting)]


@router.post("/{group_id}/question")
async def write_question(
    acting: ActingDep, editing: EditingDep, form: Annotated[QuestionForm, Form()]
) -> Response:
    """Adds the questions to those of a passage: whoever asks one of them gets it first."""
    found = await acting.group()
    if found is None:
        return acting.gone()
    if form.wants_to_look:
        return await acting.page(editing, found, form)
    passage, questions = form.passage, lines(form.questions)

    def apply(content: Path) -> None:
        if not (passage and questions):
            raise ContentError.at(FORM, "Choose a passage, and leave at least one question.")
        for each in questions:
            add_question(content, passage, each)

    taken = await run_sync(lambda: taken_from(editing.now().folder, questions, passage))
    called = await run_sync(lambda: Shelf(editing.now().folder).called(passage))
    what = f"{counted(len(questions), 'question')} written for {called}{taken}"
    refused = await acting.change(editing, found, form, what, apply)
    return refused or await acting.settle_written(found, questions, "question")


@router.post("/{group_id}/gap")
async def write_gap(
    acting: ActingDep, editing: EditingDep, form: Annotated[GapForm, Form()]
) -> Response:
    """Adds a known gap: what to say, and whom to ask."""
    found = await acting.group()
    if found is None:
        return acting.gone()
    here = acting.container.knowledge.library.passages
    near = tuple(each for each in found.passages if each in here)[:NEAR_A_GAP]
    questions = tuple(lines(form.questions))
    contacts = await run_sync(contacts_now, acting.container, editing)

    def apply(content: Path) -> None:
        add_gap(content, NewGap(form.reply(contacts), questions, near), date.today())

    taken = await run_sync(lambda: taken_from(editing.now().folder, questions))
    what = f"Known gap: {' '.join(form.topic.split())}{taken}"
    refused = await acting.change(editing, found, form, what, apply)
    return refused or await acting.settle_written(found, questions, "gap")


@router.post("/{group_id}/hide")
async def hide(
    acting: ActingDep,
    workbench: WorkbenchDep,
    text: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Not for us: the questions that are ticked are shown no more."""
    found = await acting.group()
    if found is None:
        return acting.gone()
    chosen = {each.text for each in found.questions} & set(text or [])
    note = workbench.audit.note
    await in_database(
        note, acting.person.name, "questions_hidden", counted(len(chosen), "question")
    )
    return await acting.settle(chosen, "hidden")
