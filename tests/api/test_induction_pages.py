"""The induction pages as a browser without scripts uses them."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from bot.induction import Programme, read_programme
from bot.induction.codes import find
from bot.induction.model import Module, QuizQuestion
from bot.induction.refresher import version
from bot.settings import HOME
from knowledge.library import Library
from tests.api.standins import Serve

LIBRARY = Library.read()


@pytest.fixture
def client(serve: Serve) -> httpx.Client:
    """A gateway of its own: these tests count learners and use up a limit."""
    return serve()


@pytest.fixture(scope="module")
def programme() -> Programme:
    return read_programme(HOME / "data" / "induction")


def filled(module: Module, right: bool = True) -> dict[str, str | list[str]]:
    form: dict[str, str | list[str]] = {}
    for question in module.quiz:
        form |= answered(module, question, right)
    return form


def answered(module: Module, question: QuizQuestion, right: bool) -> dict[str, str | list[str]]:
    name = f"{module.id}/{question.id}"
    if question.kind == "order":
        order = question.answer if right else tuple(reversed(question.answer))
        return {f"{name}/{option}": str(place) for place, option in enumerate(order, 1)}
    if right:
        return {name: list(question.answer)}
    return {name: [option.id for option in question.options if not option.right]}


def join(client: httpx.Client) -> str:
    assert client.post("/induction/join").headers["Location"] == "/induction/code"
    code = find(client.get("/induction/code").text)
    assert code
    return code


def test_every_module_is_read_answered_and_explained(
    client: httpx.Client, programme: Programme
) -> None:
    for module in programme.modules:
        page = unescape(client.get(f"/induction/{module.id}").text)
        assert all(LIBRARY.quote(each.passage).text in page for each in module.read)
        assert all(option.label in page for q in module.quiz for option in q.options)
        for right in (True, False):
            results = unescape(
                client.post(f"/induction/{module.id}", data=filled(module, right)).text
            )
            score = f"{len(module.quiz) if right else 0} of {len(module.quiz)} right"
            assert f"{module.title}: {score}" in results
            for question in module.quiz:
                picked = [o for o in question.options if o.right or not right]
                assert all(option.why in results for option in picked)
                if question.superseded:
                    assert question.superseded in results


def test_a_blank_quiz_is_asked_again_with_an_error_beside_each_question(
    client: httpx.Client,
) -> None:
    page = client.post("/induction/partnership")
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert "There is a problem" in page.text
    assert page.text.count('class="error"') == 5
    assert "of 5 right" not in page.text.split("needed to pass")[1]
    for link in re.findall(r'<a href="#(partnership/[^"]+)">Question', page.text):
        assert f'id="{link}"' in page.text


def test_what_was_chosen_stays_chosen_beside_an_error(
    client: httpx.Client, programme: Programme
) -> None:
    module = programme.modules[3]
    form = filled(module)
    single = next(question for question in module.quiz if question.kind == "single")
    del form[f"{module.id}/{single.id}"]
    page = client.post(f"/induction/{module.id}", data=form)
    assert page.status_code == 422
    assert page.text.count('class="error"') == 1
    for question in module.quiz:
        for option in question.answer:
            field = re.search(f'id="{module.id}/{question.id}/{option}".*', page.text)
            assert field is not None
            assert (" checked" in field[0]) is (question not in (single,)) or (
                question.kind == "order"
            )
    assert len(re.findall("<option selected>", page.text)) == 3


@pytest.mark.parametrize(
    ("places", "error"),
    [
        (("1", "1", "2"), "Number 1 is given more than once."),
        (("1", "2", ""), "Give every line a number."),
        (("1", "2", "9"), "Give every line a number."),
    ],
)
def test_an_order_with_a_place_twice_or_none_is_an_error(
    client: httpx.Client, programme: Programme, places: tuple[str, ...], error: str
) -> None:
    module = programme.modules[3]
    lines = zip(("explain", "acknowledge", "minimum"), places, strict=True)
    form = filled(module) | {f"partnership/mistake/{line}": place for line, place in lines}
    page = client.post("/induction/partnership", data=form)
    assert page.status_code == 422
    assert page.text.count(error) == 2
    assert page.text.count('class="error"') == 1


def test_a_quiz_with_a_question_unanswered_leaves_progress_alone(
    client: httpx.Client, programme: Programme
) -> None:
    module = programme.modules[0]
    join(client)
    client.post(f"/induction/{module.id}", data={})
    assert "Not started" in client.get(f"/induction/{module.id}").text
    client.post(f"/induction/{module.id}", data=filled(module))
    before = client.get("/induction").text
    client.post(f"/induction/{module.id}", data={})
    assert client.get("/induction").text == before


@pytest.mark.parametrize(("right", "passes"), [(4, True), (3, True), (2, False)])
def test_the_result_is_in_the_title_and_says_whether_it_is_passed(
    client: httpx.Client, programme: Programme, right: int, passes: bool
) -> None:
    module = programme.modules[0]
    page = client.post(f"/induction/{module.id}", data=with_right(module, right)).text
    said = "passed" if passes else "not passed yet"
    assert f"<title>{right} of 4 right, {said} – The child first" in page
    assert ("You have passed this module." in page) is passes
    assert ("3 of 4 right answers are needed" in page) is not passes
    assert ("Answer the quiz again" in page) is not passes


def test_a_retake_keeps_the_better_result(client: httpx.Client, programme: Programme) -> None:
    module = programme.modules[0]
    join(client)
    client.post(f"/induction/{module.id}", data=with_right(module, 4))
    page = client.post(f"/induction/{module.id}", data=with_right(module, 1)).text
    assert "Your better result stays: 4 of 4 right" in page
    assert "4 of 4 right" in client.get("/induction").text


def with_right(module: Module, right: int) -> dict[str, str | list[str]]:
    """Every question answered, so many of them right."""
    form: dict[str, str | list[str]] = {}
    for place, question in enumerate(module.quiz):
        form |= answered(module, question, place < right)
    return form


def test_where_one_is_is_said_in_words(client: httpx.Client, programme: Programme) -> None:
    assert "Not started" not in client.get("/induction").text
    join(client)
    one, two = programme.modules[:2]
    page = client.get("/induction").text
    assert page.count("Not started") == len(programme.modules)
    assert f"Begin: {one.title}" in page
    client.post(f"/induction/{one.id}", data=filled(one))
    client.post(f"/induction/{two.id}", data=with_right(two, 1))
    page = client.get("/induction").text
    assert "1 of 8 modules passed" in page
    assert page.count("Passed on") == page.count("Not passed yet") == 1
    assert f"Go on: {two.title}" in page
    page = client.get(f"/induction/{two.id}").text
    assert "Module 2 of 8." in page
    assert "Not passed yet, 1 of 4 right" in page


def test_joining_again_makes_no_second_code_and_the_first_stays_shown(
    client: httpx.Client,
) -> None:
    assert client.get("/induction/code").status_code == 303
    code = join(client)
    assert code in client.get("/induction/code").text
    assert join(client) == code
    assert 'href="/induction/code"' in client.get("/induction").text
    client.post("/induction/leave")
    assert client.get("/induction/code").status_code == 303
    assert client.get("/induction/code", headers={"Cookie": "fp_learner=<b>"}).status_code == 303


def test_progress_is_deleted_only_after_a_question(
    client: httpx.Client, programme: Programme
) -> None:
    assert client.get("/induction/forget").status_code == 303
    code = join(client)
    client.post("/induction/child_first", data=filled(programme.modules[0]))
    overview = client.get("/induction").text
    assert 'action="/induction/forget"' not in overview
    page = client.get("/induction/forget").text
    assert "Delete your progress?" in page
    assert 'class="destroys"' in page
    assert "No, keep it" in page
    assert "4 of 4" in client.get("/induction").text
    client.post("/induction/forget")
    assert "4 of 4" not in client.get("/induction").text
    assert client.post("/induction/resume", data={"code": code}).status_code == 422


def test_a_certificate_is_made_of_kept_results_and_of_nothing_else(
    client: httpx.Client, programme: Programme
) -> None:
    claims = {"completed_on": "2026-01-01", "passed": "8"}
    assert "No certificate yet" in client.get("/induction/certificate", params=claims).text
    for module in programme.modules:
        client.post(f"/induction/{module.id}", data=filled(module))
    assert "No certificate yet" in client.get("/induction/certificate").text
    join(client)
    *most, last = programme.modules
    for module in most:
        client.post(f"/induction/{module.id}", data=filled(module))
    client.post(f"/induction/{last.id}", data=with_right(last, 1))
    page = client.get("/induction/certificate").text
    assert "No certificate yet" in page
    assert f"/induction/{last.id}" in page
    client.post(f"/induction/{last.id}", data=filled(last))
    page = client.get("/induction/certificate").text
    assert "Certificate of completion" in page
    assert programme.settings.title in page
    assert "Version of the content: " in page
    assert '<dt>Name</dt><dd class="blank">&nbsp;</dd>' in page
    assert "you have no code" not in page


def test_what_was_chosen_is_shown_beside_what_is_right(
    client: httpx.Client, programme: Programme
) -> None:
    form = filled(programme.modules[0]) | {"child_first/who_sees": ["lead"]}
    page = client.post("/induction/child_first", data=form).text
    assert "Part of that is right." in page
    assert page.count("(your answer)") == 4


def test_a_learner_hears_before_the_quiz_that_nothing_is_kept(client: httpx.Client) -> None:
    assert "your result will not be kept" in client.get("/induction/partnership").text
    join(client)
    assert "your result will not be kept" not in client.get("/induction/partnership").text


def test_a_role_changes_the_example(client: httpx.Client, programme: Programme) -> None:
    module = programme.modules[0]
    page = client.get(f"/induction/{module.id}", params={"role": "police"})
    assert module.scenario.roles["police"] in unescape(page.text)
    odd = client.get(f"/induction/{module.id}", params={"role": "<b>"})
    assert module.scenario.text in unescape(odd.text)


def test_progress_is_kept_for_a_code_and_for_nobody_else(
    client: httpx.Client, programme: Programme
) -> None:
    module = programme.modules[0]
    client.post(f"/induction/{module.id}", data=filled(module))
    assert "Passed on" not in client.get("/induction").text
    code = join(client)
    cookie = next(c for c in client.cookies.jar if c.name == "fp_learner")
    assert cookie.path == "/induction"
    client.post(f"/induction/{module.id}", data=filled(module))
    assert "4 of 4 right" in client.get("/induction").text

    with httpx.Client(base_url=client.base_url) as elsewhere:
        assert "4 of 4" not in elsewhere.get("/induction").text
        back = elsewhere.post("/induction/resume", data={"code": code.lower()})
        assert back.status_code == 303
        assert "4 of 4 right" in elsewhere.get("/induction").text
        elsewhere.post("/induction/forget")
    assert "Passed on" not in client.get("/induction").text


def test_a_guessed_code_opens_nothing_and_soon_has_to_wait(client: httpx.Client) -> None:
    letters = "BCDFGHJKMNPQRSTVWXZ"
    codes = [f"BBBB-CCCC-DDDD-FFF{one}-{two * 4}" for one in letters[:3] for two in letters]
    seen = [client.post("/induction/resume", data={"code": c}).status_code for c in codes]
    assert set(seen) == {422}
    last = [client.post("/induction/resume", data={"code": codes[0]}) for _ in range(4)]
    assert last[-1].status_code == 429
    assert int(last[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("form", ["join", "resume"])
def test_no_other_site_leaves_its_code_in_a_browser(client: httpx.Client, form: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    reply = client.post(f"/induction/{form}", data={"code": "x"}, headers=headers)
    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers


def test_the_record_says_what_is_finished_and_leaves_lines(
    client: httpx.Client, programme: Programme
) -> None:
    join(client)
    module = programme.modules[0]
    client.post(f"/induction/{module.id}", data=filled(module))
    page = client.get("/induction/record").text
    assert page.count("Not started") == len(programme.modules) - 1
    assert version(module, lambda passage: LIBRARY.quote(passage).text) in page
    document = client.get("/induction/record", params={"format": "docx"})
    assert document.content.startswith(b"PK")
    assert "attachment" in document.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["nowhere", "completion", "child_first%00", "%F0%9F%98%80"])
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    assert client.get(f"/induction/{path}").status_code == 404


def test_a_manager_sees_how_far_learners_are_and_nothing_of_a_few(serve: Serve) -> None:
    client = serve(learners_overview=True)
    assert "Nobody keeps progress yet." in client.get("/induction/completion").text
    for number in range(1, 6):
        join(client)
        client.cookies.clear()
        page = client.get("/induction/completion").text
        assert page.count("<li>0 of ") == (5 if number == 5 else 0)
        assert ("Fewer than five learners" in page) is (number < 5)


def test_the_refresher_waits_for_its_day(client: httpx.Client) -> None:
    assert "needs your code" in client.get("/induction/refresher").text
    join(client)
    assert "Finish a module first" in client.get("/induction/refresher").text
