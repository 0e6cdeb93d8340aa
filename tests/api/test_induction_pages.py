"""The induction pages as a browser without scripts uses them."""

from __future__ import annotations

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
    page = client.post("/induction/join")
    code = find(page.text)
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


def test_an_empty_form_is_marked_and_not_an_error(client: httpx.Client) -> None:
    page = client.post("/induction/partnership")
    assert page.status_code == 200
    assert "0 of 5 right" in page.text
    assert page.text.count("You gave no full answer") == 5


def test_an_order_with_a_number_twice_is_no_answer(client: httpx.Client) -> None:
    form = {f"partnership/mistake/{o}": "1" for o in ("explain", "acknowledge", "minimum")}
    page = client.post("/induction/partnership", data=form)
    assert "0 of 5 right" in page.text


def test_what_was_chosen_is_shown_beside_what_is_right(client: httpx.Client) -> None:
    page = client.post("/induction/child_first", data={"child_first/who_sees": ["lead"]}).text
    assert "Part of that is right." in page
    assert page.count("(your answer)") == 1


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
    assert "finished on" not in client.get("/induction").text
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
    assert "finished on" not in client.get("/induction").text


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
    assert page.count("Not finished") == len(programme.modules) - 1
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
