"""The exported package as a learning platform plays it: in a frame, under an object `API`."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Route, expect

from bot.induction import Module
from bot.web.scorm import page_of, scorm_package
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes
from tests.shipped import LESSONS, PHRASES

pytestmark = pytest.mark.browser

PLATFORM = "https://platform.test"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
STAND_IN = """
<!doctype html><html lang="en"><title>Platform</title><script>
window.kept = {"cmi.core.lesson_status": "not attempted"};
window.calls = [];
const call = (name, does) => (...given) => { window.calls.push(name); return does(...given); };
window.API = {
  LMSInitialize: call("LMSInitialize", () => "true"),
  LMSGetValue: call("LMSGetValue", (name) => window.kept[name] ?? ""),
  LMSSetValue: call("LMSSetValue", (name, value) => { window.kept[name] = value; return "true"; }),
  LMSCommit: call("LMSCommit", () => "true"),
  LMSFinish: call("LMSFinish", () => "true"),
};
</script><main><iframe title="Module"></iframe></main></html>
"""
MODULE = LESSONS.programme.modules[3]  # It has a question of every kind but one.


@pytest.fixture
def platform(browser: Browser) -> Iterator[Page]:
    """A platform that has the package and nothing else: whatever else is asked for fails."""
    package = ZipFile(BytesIO(scorm_package(LESSONS, PHRASES, "an-edition")))
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    asked: list[str] = []
    complaints: list[str] = []

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{PLATFORM}/")
        if name == "":
            route.fulfill(body=STAND_IN, content_type="text/html")
        elif name in package.namelist():
            kind = TYPES[PurePosixPath(name).suffix]
            route.fulfill(body=package.read(name), content_type=kind)
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{PLATFORM}/")
    yield page
    context.close()
    assert asked == []
    assert complaints == []


LOADED = """name => new Promise((loaded) => {
    const frame = document.querySelector("iframe");
    frame.onload = loaded;
    frame.style = "width: 100%; height: 700px";
    frame.src = name;
}).then(() => null)"""


def play(platform: Page, module: Module) -> FrameLocator:
    """The page of a module, once its own script has run."""
    platform.evaluate(LOADED, page_of(module))
    frame = platform.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text(module.title)
    return frame


def answer_all(frame: FrameLocator, module: Module, wrong: int = 0) -> None:
    """Every question, the first `wrong` of them not right."""
    for place, question in enumerate(module.quiz):
        answer = question.answer
        if place < wrong:
            off = tuple(option.id for option in question.options if not option.right)
            answer = tuple(reversed(answer)) if question.kind == "order" else off[:1]
        for number, option in enumerate(answer, 1):
            field = frame.locator(f"[id='{module.id}/{question.id}/{option}']")
            if question.kind == "order":
                field.select_option(str(number))
            else:
                field.check()
    frame.get_by_role("button", name="Check my answers").click()


def kept(platform: Page, name: str) -> object:
    return platform.evaluate("name => window.kept[name]", f"cmi.{name}")


def focused(frame: FrameLocator) -> Locator:
    return frame.locator(":focus")


def test_a_module_is_passed_and_the_platform_is_told(platform: Page) -> None:
    frame = play(platform, MODULE)
    assert kept(platform, "core.lesson_status") == "incomplete"
    answer_all(frame, MODULE)
    expect(focused(frame)).to_have_text("5 of 5 right")
    expect(frame.get_by_role("status")).to_contain_text("Your learning platform has this result.")
    assert kept(platform, "core.lesson_status") == "passed"
    scores = [kept(platform, f"core.score.{name}") for name in ("raw", "min", "max")]
    assert scores == ["100", "0", "100"]
    platform.evaluate("document.querySelector('iframe').src = 'about:blank'")
    becomes(platform, "() => window.calls.at(-1) === 'LMSFinish'")
    assert kept(platform, "core.exit") == "suspend"
    assert platform.evaluate("window.calls[0]") == "LMSInitialize"


def test_a_module_is_failed_and_taken_again_and_the_better_result_stays(platform: Page) -> None:
    frame = play(platform, MODULE)
    answer_all(frame, MODULE, wrong=2)
    expect(focused(frame)).to_have_text("3 of 5 right")
    assert kept(platform, "core.lesson_status") == "failed"
    assert kept(platform, "core.score.raw") == "60"
    frame.get_by_role("button", name="Answer the quiz again").click()
    answer_all(frame, MODULE, wrong=1)
    expect(focused(frame)).to_have_text("4 of 5 right")
    assert kept(platform, "core.lesson_status") == "passed"
    assert kept(platform, "core.score.raw") == "80"

    frame = play(platform, LESSONS.programme.modules[0])
    frame = play(platform, MODULE)
    expect(frame.get_by_text("Your result so far: 4 of 5 right.")).to_be_visible()
    answer_all(frame, MODULE, wrong=5)
    expect(frame.get_by_role("status")).to_contain_text("Your better result stays: 4 of 5 right.")
    assert kept(platform, "core.lesson_status") == "passed"
    assert kept(platform, "core.score.raw") == "80"


def test_a_question_left_out_is_an_error_and_is_not_reported(platform: Page) -> None:
    frame = play(platform, MODULE)
    frame.get_by_role("button", name="Check my answers").click()
    expect(focused(frame)).to_contain_text("There is a problem")
    expect(frame.locator(".error")).to_have_count(5)
    assert kept(platform, "core.lesson_status") == "incomplete"
    assert kept(platform, "core.score.raw") is None
    for option in ("explain", "acknowledge", "minimum"):
        frame.locator(f"[id='partnership/mistake/{option}']").select_option("1")
    frame.get_by_role("button", name="Check my answers").click()
    expect(frame.get_by_text("Question 5: Number 1 is given more than once.")).to_be_visible()


def test_without_a_platform_it_says_that_nothing_is_counted(platform: Page) -> None:
    platform.evaluate("delete window.API")
    frame = play(platform, MODULE)
    answer_all(frame, MODULE)
    expect(frame.get_by_role("status")).to_contain_text("No learning platform took this result")


def test_a_platform_that_fails_costs_nobody_the_page(platform: Page) -> None:
    platform.evaluate(
        "() => { for (const name of Object.keys(window.API))"
        " window.API[name] = () => { throw new Error(name); }; }"
    )
    frame = play(platform, MODULE)
    answer_all(frame, MODULE)
    expect(focused(frame)).to_have_text("5 of 5 right")
    expect(frame.get_by_role("status")).to_contain_text("No learning platform took this result")


def test_a_result_counts_where_the_platform_keeps_no_more_than_that(platform: Page) -> None:
    platform.evaluate(
        "() => { const { LMSSetValue } = window.API;"
        " const refused = ['cmi.core.score.min', 'cmi.core.score.max', 'cmi.suspend_data'];"
        " window.API.LMSSetValue = (name, value) =>"
        " refused.includes(name) ? 'false' : LMSSetValue(name, value); }"
    )
    frame = play(platform, MODULE)
    answer_all(frame, MODULE, wrong=1)
    expect(frame.get_by_role("status")).to_contain_text("Your learning platform has this result.")
    assert kept(platform, "core.score.raw") == "80"


def test_the_page_breaks_no_rule_and_fits_a_phone(platform: Page) -> None:
    platform.goto(f"{PLATFORM}/{page_of(MODULE)}")
    assert violations(platform) == []
    platform.get_by_role("button", name="Check my answers").click()
    assert violations(platform) == []
    platform.set_viewport_size({"width": 320, "height": 568})
    assert platform.evaluate("document.documentElement.scrollWidth") <= 320
