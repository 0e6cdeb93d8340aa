"""The induction pages: reading, quizzes as forms, progress. They need no scripts and no Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Cookie, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from bot.api.authentication import Client, ContainerDep
from bot.asked.shown import FEWEST
from bot.container import Container
from bot.induction.codes import find, learner_id
from bot.induction.course import Course, QuizResult, whole
from bot.induction.lessons import lasting
from bot.induction.model import ROLES, Module, Programme, Role
from bot.induction.progress import ModuleResult
from bot.induction.record import Completion, completion_docx
from bot.induction.refresher import due, next_due
from bot.induction.tutor import Tutor
from bot.understanding.normalisation import normalise
from bot.web.induction_forms import AskedInForm, Marked, filled, mark, questions
from bot.web.origin import from_here
from bot.web.templating import page

COOKIE = "fp_learner"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def known_code(
    container: ContainerDep, code: Annotated[str | None, Cookie(alias=COOKIE)] = None
) -> str | None:
    """The code in the cookie, as it was given, while something may be kept under it."""
    given = find(code) if code else None
    return given if given and container.tutor.progress.knows(learner_id(given)) else None


async def sent_form(request: Request) -> FormData:
    """Read before the route, which then keeps what it keeps in a thread of its own."""
    return await request.form(max_files=0, max_fields=200)


Code = Annotated[str | None, Depends(known_code)]
SentForm = Annotated[FormData, Depends(sent_form)]

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
def modules(request: Request, container: ContainerDep, code: Code) -> HTMLResponse:
    tutor, results = container.tutor, results_of(container, code)
    programme = tutor.programme
    passed = programme.passed(results)
    left = [module for module in programme.modules if module not in passed]
    return page(
        request,
        container,
        "induction/overview.html",
        modules=programme.modules,
        results=results,
        passed=passed,
        joined=bool(code),
        following=left[0] if left else None,
        left=lasting(sum(module.minutes for module in left)),
        due=len(due(tutor.programme, results, tutor.versions, tutor.today())),
        next_due=next_due(results),
    )


@router.post("/join", dependencies=[Depends(from_here), Depends(pace)])
def join(container: ContainerDep, code: Code) -> Response:
    """A learner who has a code already keeps that one."""
    to_code = RedirectResponse("/induction/code", 303)
    remember(to_code, container, code or container.tutor.progress.join())
    return to_code


@router.get("/code")
def own_code(request: Request, container: ContainerDep, code: Code) -> Response:
    """Only this browser's cookie has it: see `codes.py`."""
    if code is None:
        return RedirectResponse("/induction", 303)
    return page(request, container, "induction/code.html", code=code)


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


@router.get("/forget")
def ask_before_forgetting(request: Request, container: ContainerDep, code: Code) -> Response:
    if code is None:
        return RedirectResponse("/induction", 303)
    return page(request, container, "induction/forget.html", results=results_of(container, code))


@router.post("/forget")
def forget(container: ContainerDep, code: Code) -> Response:
    if code:
        container.tutor.progress.forget(learner_id(code))
    return leave()


@router.get("/record")
def record(request: Request, container: ContainerDep, code: Code, format: str = "html") -> Response:
    completion = completion_of(container, code)
    if format == "docx":
        named = {"Content-Disposition": 'attachment; filename="induction-record.docx"'}
        made = completion_docx(completion, container.phrases.induction.pages)
        return Response(made, media_type=DOCX, headers=named)
    return page(request, container, "induction/record.html", completion=completion)


@router.get("/certificate")
def certificate(request: Request, container: ContainerDep, code: Code) -> HTMLResponse:
    """Of what is kept under the code in the cookie, and of nothing that a request could claim."""
    return page(
        request,
        container,
        "induction/certificate.html",
        completion=completion_of(container, code),
        joined=bool(code),
    )


@router.get("/completion")
def completion(request: Request, container: ContainerDep) -> HTMLResponse:
    """For a manager, where the partnership has switched it on: counts and nothing else, and none of
    a few, who might be known by it."""
    if not container.settings.learners_overview:
        raise HTTPException(404)
    tutor = container.tutor
    counts = tutor.progress.completion(tutor.programme.passes)
    return page(
        request,
        container,
        "induction/completion.html",
        counts=counts if len(counts) >= FEWEST else [],
        is_few=0 < len(counts) < FEWEST,
        modules=len(tutor.programme.modules),
    )


@router.get("/refresher")
def refresher(request: Request, container: ContainerDep, code: Code) -> HTMLResponse:
    tutor, results = container.tutor, results_of(container, code)
    asked = due(tutor.programme, results, tutor.versions, tutor.today())
    return page(
        request,
        container,
        "induction/refresher.html",
        asked=list(questions(tutor.programme, asked)),
        joined=bool(code),
        next_due=next_due(results),
    )


@router.post("/refresher")
def refreshed(
    request: Request, container: ContainerDep, code: Code, sent: SentForm
) -> HTMLResponse:
    tutor = container.tutor
    asked = due(tutor.programme, results_of(container, code), tutor.versions, tutor.today())
    answered = filled(sent, questions(tutor.programme, asked), container.phrases.induction)
    if any(each.error for each in answered):
        return page(
            request, container, "induction/refresher.html", 422, asked=answered, joined=bool(code)
        )
    marked = mark(tutor, answered)
    keep(tutor, code, None, marked)
    return page(request, container, "induction/results.html", title="Refresher", marked=marked)


@router.get("/{module_id}")
def module(
    request: Request, container: ContainerDep, module_id: str, code: Code, role: str = ""
) -> HTMLResponse:
    programme = container.tutor.programme
    found = module_or_404(programme, module_id)
    known = cast(Role, role) if role in get_args(Role) else None
    asked = list(questions(programme, whole(found)))
    return module_page(request, container, found, code, asked, role=known)


@router.post("/{module_id}")
def answer(
    request: Request, container: ContainerDep, module_id: str, code: Code, sent: SentForm
) -> HTMLResponse:
    tutor = container.tutor
    programme = tutor.programme
    found = module_or_404(programme, module_id)
    asked = questions(programme, whole(found))
    answered = filled(sent, asked, container.phrases.induction)
    if any(each.error for each in answered):
        return module_page(request, container, found, code, answered, status=422)
    marked = mark(tutor, answered)
    keep(tutor, code, found, marked)
    right = sum(each.right for each in marked)
    passes = programme.passes(right, len(marked))
    results = results_of(container, code)
    kept = results.get(found.id)
    return page(
        request,
        container,
        "induction/results.html",
        title=found.title,
        marked=marked,
        module=found,
        passes=passes,
        outcome=tutor.lessons.outcome(len(marked), passes=passes),
        better=kept if kept and kept.score > right else None,
        following=programme.after(found.id),
        complete=len(programme.passed(results)) == len(programme.modules),
        joined=bool(code),
    )


def module_page(
    request: Request,
    container: Container,
    module: Module,
    code: str | None,
    asked: list[AskedInForm],
    *,
    role: Role | None = None,
    status: int = 200,
) -> HTMLResponse:
    tutor, results = container.tutor, results_of(container, code)
    return page(
        request,
        container,
        "induction/module.html",
        status,
        module=module,
        number=tutor.programme.modules.index(module) + 1,
        count=len(tutor.programme.modules),
        result=results.get(module.id),
        passed=tutor.programme.passed(results),
        reading=[(reading, tutor.quote(reading.passage)) for reading in module.read],
        scenario=module.scenario.for_role(role),
        flow_title=tutor.flow_titles[module.scenario.flow],
        roles=ROLES,
        role=role,
        a_flow=container.phrases.induction.a_flow,
        asked=asked,
        needed=tutor.programme.needed(len(module.quiz)),
        joined=bool(code),
    )


def results_of(container: Container, code: str | None) -> dict[str, ModuleResult]:
    return container.tutor.progress.of(learner_id(code)) if code else {}


def completion_of(container: Container, code: str | None) -> Completion:
    return Completion.of(
        container.tutor.programme,
        results_of(container, code),
        container.tutor.today(),
        container.phrases.induction.record_blanks,
    )


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


def keep(tutor: Tutor, code: str | None, module: Module | None, marked: Sequence[Marked]) -> None:
    """Results go where a learner's code says; without one they go nowhere. No module: refresher."""
    if code and marked:
        results = tuple(QuizResult(**m.asked.model_dump(), right=m.right) for m in marked)
        tutor.save(
            Course(
                stage="done",
                module=module.id if module else None,
                learner=learner_id(code),
                refreshing=module is None,
                results=results,
            )
        )
