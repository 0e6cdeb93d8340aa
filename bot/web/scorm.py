"""The induction as a SCORM 1.2 package, so that a learning platform counts it.

One page a module, made of the same templates and words as the pages of the induction. It needs no
network and no assistant: the quiz is marked in the browser (`module.js`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.content.phrases import Phrases
from bot.induction.course import whole
from bot.induction.lessons import Lessons
from bot.induction.model import ROLES, Module, QuizQuestion
from bot.induction.refresher import version
from bot.web.induction_forms import AskedInForm, questions
from bot.web.templating import TEMPLATES
from bot.web.widget_files import STATIC
from knowledge.quotes import Quote

SCRIPT = "module.js"
STYLES = ("tokens.css", "look.css", "quotes.css", "page.css", "induction.css")
MANIFEST = "imsmanifest.xml"


def scorm_package(lessons: Lessons, phrases: Phrases, edition: str) -> bytes:
    """The package of that edition, as a ZIP file. The same content gives the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, content in _files(lessons, phrases, edition):
            # Without a time, which would differ at each export.
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return buffer.getvalue()


def _files(lessons: Lessons, phrases: Phrases, edition: str) -> Iterator[tuple[str, str]]:
    programme = lessons.programme
    yield (
        MANIFEST,
        _rendered(
            "manifest.xml",
            programme=programme,
            edition=edition,
            page_of=page_of,
            common=[SCRIPT, *STYLES],
        ),
    )
    for number, module in enumerate(programme.modules, 1):
        yield page_of(module), _page(lessons, phrases, edition, module, number)
    yield SCRIPT, (STATIC / "package" / SCRIPT).read_text("utf-8")
    for style in STYLES:
        yield style, (STATIC / "widget" / style).read_text("utf-8")


def page_of(module: Module) -> str:
    return f"{module.id}.html"


def _page(lessons: Lessons, phrases: Phrases, edition: str, module: Module, number: int) -> str:
    programme, induction = lessons.programme, phrases.induction
    asked = list(questions(programme, whole(module)))
    module_version = version(module, lambda passage: lessons.quote(passage).text)
    title = lessons.flow_titles[module.scenario.flow]
    return _rendered(
        "module.html",
        phrases=phrases,
        module=module,
        number=number,
        count=len(programme.modules),
        reading=[(reading, lessons.quote(reading.passage)) for reading in module.read],
        roles=ROLES,
        flow=induction.package.flow.format(title=title),
        asked=asked,
        explained=[(each, _explained(each, lessons.quote)) for each in asked],
        needed=programme.needed(len(asked)),
        outcomes={passes: lessons.outcome(len(asked), passes=passes) for passes in (True, False)},
        version=module_version,
        edition=induction.package.edition.format(edition=edition, version=module_version),
        script=SCRIPT,
        styles=STYLES,
    )


def _explained(asked: AskedInForm, quote: Callable[[str], Quote]) -> list[Quote]:
    """Every passage that may be shown with the reasons: which ones, the answer decides."""
    return [quote(passage) for passage in asked.question.sources(_every_option(asked.question))]


def _every_option(question: QuizQuestion) -> tuple[str, ...]:
    return tuple(option.id for option in question.options)


def _rendered(name: str, **context: object) -> str:
    return TEMPLATES.env.get_template(f"induction/package/{name}").render(**context)
