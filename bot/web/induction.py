"""The induction pages: reading, quizzes as forms, progress. They need no scripts and no Rasa."""

from __future__ import annotations

from typing import Annotated, cast, get_args

from fastapi import APIRouter, Cookie, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.api.authentication import Client, ContainerDep
from bot.asked.shown import FEWEST
from bot.container import Container
from bot.induction.codes import find, learner_id
from bot.induction.course import Asked, Course, QuizResult
from bot.induction.lessons import lasting
from bot.induction.model import ROLES, Module, Programme, Role
from bot.induction.progress import ModuleResult
from bot.induction.record import Completion, completion_docx
from bot.induction.refresher import due, next_due
from bot.induction.tutor import Tutor
from bot.understanding.normalisation import normalise
from bot.web.induction_forms import Marked, mark, questions, whole
from bot.web.origin import from_here
from bot.web.templating import page

COOKIE = "fp_learner"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Code = Annotated[str | None, Cookie(alias=COOKIE)]

router = APIRouter(
    prefix="/induction", include_in_schema=False, default_response_class=HTMLResponse
)


async def pace(container: ContainerDep, client: Client) -> None:
    """Raises a Refusal when this client asks too often."""
    await container.rate_limiter.client(client)


async def pace_of_codes(container: ContainerDep, client: Client) -> None:
    """Raises a Refusal when this client tries codes too often. A code has some 85 bits, and one
    address may be a whole council: it is a bound on what guessing costs us."""
    await container.rate_limiter.code(client)


@router.get("")
def modules(request: Request, container: ContainerDep, code: Code = None) -> HTMLResponse:
    tutor, results = container.tutor, results_of(container, code)
    return page(
        request,
        container,
        "induction/overview.html",
        modules=tutor.programme.modules,
        results=results,
        joined=bool(code),
        left=lasting(sum(m.minutes for m in tutor.programme.modules if m.id not in results)),
        due=len(due(tutor.programme, results, tutor.versions, tutor.today())),
        next_due=next_due(results),
    )


@router.post("/join", dependencies=[Depends(from_here), Depends(pace)])
def join(request: Request, container: ContainerDep) -> HTMLResponse:
    code = container.tutor.progress.join()
    response = page(request, container, "induction/code.html", code=code)
    remember(response, container, code)
    return response


@router.post("/resume", dependencies=[Depends(from_here), Depends(pace_of_codes)])
def resume(
    request: Request, container: ContainerDep, code: Annotated[str, Form()] = ""
) -> Response:
    found = find(normalise(code[:100]))
    if not found or not container.tutor.progress.knows(learner_id(found)):
        return page(request, container, "induction/unknown_code.html", 422)
    back = RedirectResponse("/induction", 303)
    remember(back, container, found)
    return back


@router.post("/leave")
def leave() -> Response:
    back = RedirectResponse("/induction", 303)
    back.delete_cookie(COOKIE, path="/induction")
    return back


@router.post("/forget")
def forget(container: ContainerDep, code: Code = None) -> Response:
    if code:
        container.tutor.progress.forget(learner_id(code))
    return leave()


@router.get("/record")
def record(
    request: Request, container: ContainerDep, code: Code = None, format: str = "html"
) -> Response:
    tutor = container.tutor
    completion = Completion.of(
        tutor.programme,
        results_of(container, code),
        tutor.today(),
        container.phrases.induction.record_blanks,
    )
    if format == "docx":
        named = {"Content-Disposition": 'attachment; filename="induction-record.docx"'}
        return Response(completion_docx(completion), media_type=DOCX, headers=named)
    return page(request, container, "induction/record.html", completion=completion)


@router.get("/completion")
def completion(request: Request, container: ContainerDep) -> HTMLResponse:
    """For a manager, where the partnership has switched it on: counts and nothing else, and none of
    a few, who might be known by it."""
    if not container.settings.learners_overview:
        raise HTTPException(404)
    tutor = container.tutor
    counts = tutor.progress.completion()
    return page(
        request,
        container,
        "induction/completion.html",
        counts=counts if len(counts) >= FEWEST else [],
        is_few=0 < len(counts) < FEWEST,
        modules=len(tutor.programme.modules),
    )


@router.get("/refresher")
def refresher(request: Request, container: ContainerDep, code: Code = None) -> HTMLResponse:
    tutor, results = container.tutor, results_of(container, code)
    asked = due(tutor.programme, results, tutor.versions, tutor.today())
    return page(
        request,
        container,
        "induction/refresher.html",
        asked=questions(tutor.programme, asked),
        joined=bool(code),
        next_due=next_due(results),
    )


@router.post("/refresher")
async def refreshed(request: Request, container: ContainerDep, code: Code = None) -> HTMLResponse:
    tutor = container.tutor
    asked = due(tutor.programme, results_of(container, code), tutor.versions, tutor.today())
    form = await request.form(max_files=0, max_fields=200)
    marked = mark(form, tutor, asked)
    keep(tutor, code, None, marked)
    shown = list(marked.values())
    return page(request, container, "induction/results.html", title="Refresher", marked=shown)


@router.get("/{module_id}")
def module(
    request: Request, container: ContainerDep, module_id: str, role: str = "", code: Code = None
) -> HTMLResponse:
    tutor = container.tutor
    found = module_or_404(tutor.programme, module_id)
    known = cast(Role, role) if role in get_args(Role) else None
    return page(
        request,
        container,
        "induction/module.html",
        module=found,
        number=tutor.programme.modules.index(found) + 1,
        count=len(tutor.programme.modules),
        reading=[(reading, tutor.quote(reading.passage)) for reading in found.read],
        scenario=found.scenario.for_role(known),
        flow_title=tutor.flow_titles[found.scenario.flow],
        roles=ROLES,
        role=known,
        a_flow=container.phrases.induction.a_flow,
        asked=questions(tutor.programme, whole(found)),
        joined=bool(code),
    )


@router.post("/{module_id}")
async def answer(
    request: Request, container: ContainerDep, module_id: str, code: Code = None
) -> HTMLResponse:
    tutor = container.tutor
    found = module_or_404(tutor.programme, module_id)
    form = await request.form(max_files=0, max_fields=200)
    marked = mark(form, tutor, whole(found))
    keep(tutor, code, found, marked)
    return page(
        request,
        container,
        "induction/results.html",
        title=found.title,
        marked=list(marked.values()),
        module=found,
        following=tutor.programme.after(found.id),
        joined=bool(code),
    )


def results_of(container: Container, code: str | None) -> dict[str, ModuleResult]:
    return container.tutor.progress.of(learner_id(code)) if code else {}


def remember(response: Response, container: Container, code: str) -> None:
    response.set_cookie(
        COOKIE,
        code,
        max_age=container.settings.learner_retention_days * 86400,
        path="/induction",
        httponly=True,
        samesite="strict",
        secure=container.settings.public_url.startswith("https:"),
    )


def module_or_404(programme: Programme, module_id: str) -> Module:
    module = programme.module(module_id)
    if module is None:
        raise HTTPException(404)
    return module


def keep(
    tutor: Tutor, code: str | None, module: Module | None, marked: dict[Asked, Marked]
) -> None:
    """Results go where a learner's code says; without one they go nowhere. No module: refresher."""
    if code and marked:
        results = tuple(
            QuizResult(**each.model_dump(), right=m.right) for each, m in marked.items()
        )
        tutor.save(
            Course(
                stage="done",
                module=module.id if module else None,
                learner=learner_id(code),
                refreshing=module is None,
                results=results,
            )
        )
