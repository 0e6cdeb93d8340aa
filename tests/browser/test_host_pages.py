"""The chat on pages of others: small screens, loud style sheets, exchanged bodies, refusals.

Rasa is stood in for: what is tested is where the chat stands, and not what it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import oidc_provider_mock
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from bot.app import create_app
from demo.host import BENEATH, HostPage
from tests.api.gateway import served
from tests.api.listener import address_of, bound, listening
from tests.api.standins import Make, StandIn
from tests.assistant import Assistant
from tests.browser.chat import ChatPage
from tests.browser.conftest import Watch, hosting
from tests.browser.waiting import becomes, drawn, held

pytestmark = pytest.mark.browser

CONVERSATIONS = "**/api/v1/conversations"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
SIZES: list[ViewportSize] = [
    PHONE,
    DESK,
    {"width": 320, "height": 256},
    {"width": 844, "height": 390},
]
LOOKS = "https://cdn.jsdelivr.net"
LAUNCHER = "Ask the safeguarding principles"
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at.textContent.trim() || at.getAttribute("aria-label") || at.tagName;
}"""
SWAP = """() => {
    const body = document.createElement("body");
    body.append(document.createElement("main"));
    document.body.replaceWith(body);
}"""


@pytest.fixture(scope="module")
def demo() -> Iterator[HostPage]:
    with HostPage() as page:
        yield page


@pytest.fixture(scope="module")
def assistant(
    make_container: Make, tmp_path_factory: pytest.TempPathFactory, demo: HostPage
) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("embedding")
    wide = {"conversation_limit": "60000/minute", "client_limit": "60000/minute"}
    with served(make_container(state_dir=folder, allowed_origins=demo.origin, **wide)) as client:
        yield cast(Assistant, StandInAssistant(str(client.base_url).rstrip("/")))


class StandInAssistant:
    """As much of an assistant as a browser needs."""

    def __init__(self, url: str) -> None:
        self.url = url


@pytest.fixture(scope="module")
def host_page(assistant: Assistant, demo: HostPage) -> Iterator[HostPage]:
    with hosting(demo, assistant.url):
        yield demo


@pytest.fixture(autouse=True)
def answering(rasa: StandIn) -> StandIn:
    return rasa


@pytest.fixture
def visit(page: Page, host_page: HostPage) -> Callable[..., Page]:
    def visit(path: str = "/", size: ViewportSize = DESK) -> Page:
        page.set_viewport_size(size)
        page.goto(host_page.origin + path)
        return page

    return visit


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name=LAUNCHER)


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name=LAUNCHER)


def open_chat(page: Page) -> ChatPage:
    launcher(page).click()
    return ChatPage(page).greeted()


def becomes_modal(page: Page, *, modal: bool = True) -> None:
    becomes(panel(page), "(dialog, modal) => dialog.matches(':modal') === modal", modal)


Visit = Callable[..., Page]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_close_is_in_reach_wherever_one_has_scrolled(visit: Visit, size: ViewportSize) -> None:
    page = visit(size=size)
    chat = open_chat(page)
    chat.ask("why\n" * 60)
    close = page.get_by_role("button", name="Close")
    for part in (0, 0.5, 1):
        panel(page).evaluate("(dialog, part) => dialog.scrollTo(0, part * 1e6)", part)
        expect(close).to_be_in_viewport(ratio=1)
    # A click in Playwright scrolls to what it clicks, and waits until nothing lies over it.
    close.click()
    expect(panel(page)).to_be_hidden()
    expect(launcher(page)).to_be_focused()


def test_on_a_phone_nothing_behind_the_chat_is_reached(visit: Visit) -> None:
    page = visit(size=PHONE)
    page.evaluate("document.body.style.minHeight = '300vh'")
    open_chat(page)
    becomes_modal(page)
    assert panel(page).bounding_box() == {"x": 0, "y": 0, **PHONE}
    expect(ChatPage(page).box).to_be_focused()
    page.mouse.move(200, 400)
    page.mouse.wheel(0, 5000)
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert "Close" in seen
    assert "The same with an iframe" not in seen
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    drawn(page)
    page.mouse.wheel(0, 400)
    becomes(page, "() => scrollY > 0")


def test_on_a_wide_screen_the_page_beside_the_chat_stays_in_use(visit: Visit) -> None:
    page = visit()
    open_chat(page)
    becomes_modal(page, modal=False)
    page.get_by_role("link", name="The same with an iframe").focus()
    assert page.evaluate(FOCUSED) == "The same with an iframe"
    expect(launcher(page)).to_be_hidden()


def test_turning_the_device_keeps_the_chat_its_words_and_its_focus(visit: Visit) -> None:
    page = visit()
    chat = open_chat(page)
    chat.box.fill("half a question")
    for size, modal in ((PHONE, True), (DESK, False), (PHONE, True)):
        page.set_viewport_size(size)
        becomes_modal(page, modal=modal)
        expect(chat.box).to_be_focused()
        expect(chat.box).to_have_value("half a question")
    chat.ask("is it kept?")
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_turning_the_device_keeps_a_question_that_waits_for_an_answer(visit: Visit) -> None:
    page = visit()
    open_chat(page)
    page.get_by_role("button", name="Delete my conversation").click()
    page.set_viewport_size(PHONE)
    becomes_modal(page)
    page.get_by_role("button", name="No, keep it").click()
    expect(panel(page)).to_be_visible()
    page.get_by_role("button", name="Delete my conversation").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="No, keep it")).to_be_hidden()
    expect(panel(page)).to_be_visible()


LOOK = """element => {
    const { fontSize, fontStyle, color, letterSpacing, textTransform, lineHeight } =
        getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return { fontSize, fontStyle, color, letterSpacing, textTransform, lineHeight, width, height };
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_style_sheet_of_a_page_changes_no_size_of_the_chat(
    visit: Visit, size: ViewportSize
) -> None:
    looks = []
    for path in ("/", "/loud"):
        page = visit(path, size)
        looked = {"launcher": launcher(page).evaluate(LOOK)}
        chat = open_chat(page)
        looked["close"] = page.get_by_role("button", name="Close").evaluate(LOOK)
        looked["panel"] = panel(page).evaluate(LOOK)
        looked["box"] = {
            name: value
            for name, value in chat.box.evaluate(LOOK).items()
            if name not in {"width", "height"}
        }
        looked["words"] = {"fontSize": chat.last.evaluate(LOOK)["fontSize"]}
        looks.append(looked)
    quiet, loud = looks
    assert loud == quiet
    assert quiet["launcher"]["height"] >= 44


def test_the_style_sheet_of_a_page_changes_no_size_of_type_in_the_chat(visit: Visit) -> None:
    sizes = []
    for path in ("/", "/loud"):
        page = visit(path)
        page.evaluate("sessionStorage.clear()")
        chat = open_chat(page)
        chat.ask("is it kept?")
        sizes.append(
            panel(page).evaluate(
                """panel => Array.from(panel.querySelectorAll("*"), (element) =>
                    `${element.localName} ${getComputedStyle(element).fontSize}`)"""
            )
        )
    assert sizes[1] == sizes[0]


@pytest.mark.parametrize("path", ["/", "/loud"])
def test_within_a_page_the_chat_has_the_reader_s_own_size_of_type(visit: Visit, path: str) -> None:
    page = visit(path)
    page.evaluate(
        """() => document.querySelector("main").append(
            document.createElement("first-principles-chat"))"""
    )
    expect(page.get_by_role("group", name="Reply")).to_have_count(1)
    unit = page.evaluate(
        """() => getComputedStyle(document.querySelector("main first-principles-chat"))
            .getPropertyValue("--fp-unit")"""
    )
    assert unit == "16px"


def test_a_page_that_exchanges_its_body_keeps_the_chat(visit: Visit) -> None:
    page = visit()
    chat = open_chat(page)
    chat.ask("is it kept?")
    page.evaluate(SWAP)
    expect(chat.replies).to_have_count(2)
    expect(chat.last).to_contain_text("heard")
    chat.ask("and now?")
    page.keyboard.press("Escape")
    page.evaluate(SWAP)
    launcher(page).click()
    expect(chat.replies).to_have_count(3)
    assert page.evaluate("document.querySelectorAll('first-principles-chat').length") == 1


def test_a_page_that_moves_the_chat_itself_keeps_it(visit: Visit) -> None:
    page = visit(size=PHONE)
    chat = open_chat(page)
    page.evaluate("document.body.append(document.querySelector('first-principles-chat'))")
    becomes_modal(page)
    chat.ask("is it kept?")
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_a_body_that_is_exchanged_behind_the_full_screen_stays_behind(visit: Visit) -> None:
    page = visit(size=PHONE)
    chat = open_chat(page)
    page.evaluate(SWAP)
    becomes_modal(page)
    chat.ask("is it kept?")


def test_a_module_script_works_as_well(visit: Visit) -> None:
    page = visit("/module")
    with page.expect_request("**/conversations") as begun:
        open_chat(page)
    assert '"area":"knowsley"' in (begun.value.post_data or "")


def test_two_copies_and_another_version_are_one_chat(visit: Visit) -> None:
    page = visit("/twice")
    open_chat(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelectorAll('first-principles-chat').length") == 1


def test_where_nothing_is_kept_the_chat_works_and_says_so(
    visit: Visit, context: BrowserContext
) -> None:
    context.add_init_script(
        """Object.defineProperty(window, "sessionStorage", {
            get() { throw new DOMException("denied", "SecurityError"); },
        });"""
    )
    page = visit()
    chat = open_chat(page)
    chat.ask("is it kept?")
    expect(panel(page)).to_contain_text("This browser keeps nothing here")
    page.evaluate(SWAP)
    chat.ask("and now?")
    expect(chat.replies).to_have_count(3)


def test_where_it_is_kept_nothing_is_said_of_it(visit: Visit) -> None:
    page = visit()
    open_chat(page)
    expect(panel(page)).not_to_contain_text("keeps nothing")
    expect(panel(page)).not_to_contain_text("false")


def test_the_chat_works_beneath_a_path_of_the_page_s_own_site(
    visit: Visit, host_page: HostPage
) -> None:
    page = visit("/beneath")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    chat = open_chat(page)
    chat.ask("is it kept?")
    assert any(url.endswith("/messages") for url in asked)
    own = host_page.origin + BENEATH
    others = {f"{host_page.origin}/beneath", f"{host_page.origin}/intranet.css"}
    assert all(url.startswith(f"{own}/") or url in others for url in asked), asked
    privacy = page.get_by_role("link", name="What is kept, and for how long")
    expect(privacy).to_have_attribute("href", f"{own}/privacy")


def test_its_own_pages_work_beneath_a_path_of_another_site(
    page: Page, make_container: Make, tmp_path: Path, watch: Watch
) -> None:
    with HostPage() as host:
        public = make_container(state_dir=tmp_path, public_url=host.origin + BENEATH)
        with served(public) as client, hosting(host, str(client.base_url).rstrip("/")):
            watch.origins_allowed.add(host.origin)
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{host.origin}{BENEATH}/")
            ChatPage(page).greeted()
            ChatPage(page).ask("is it kept?")
            page.get_by_role("navigation").get_by_role("link", name="Sources").click()
            page.get_by_role("main").get_by_role("link", name="Partnership").first.click()
            expect(page.get_by_role("article")).to_be_visible()
            expect(page.locator("body")).to_have_css("margin-top", "0px")
            page.get_by_role("link", name="All sources").click()
            expect(page).to_have_url(f"{host.origin}{BENEATH}/sources")
    own = f"{host.origin}{BENEATH}/"
    assert all(url.startswith(own) for url in asked), asked


def test_a_page_that_is_not_allowed_is_told_so_and_where_to_go(
    page: Page, host_page: HostPage, assistant: Assistant, watch: Watch
) -> None:
    elsewhere = host_page.origin.replace("127.0.0.1", "localhost")
    watch.origins_allowed.add(elsewhere)
    watch.expected += ["CORS policy", "ERR_FAILED"]
    page.goto(elsewhere)
    launcher(page).click()
    problem = ChatPage(page).problem
    expect(problem).to_contain_text("This page is not allowed to use the assistant.")
    link = problem.get_by_role("link", name="Open the assistant in its own page")
    expect(link).to_have_attribute("href", f"{assistant.url}/")
    expect(link).to_have_attribute("target", "_blank")


def test_a_lost_network_is_not_taken_for_a_page_that_is_not_allowed(
    visit: Visit, page: Page, context: BrowserContext, watch: Watch
) -> None:
    watch.expected += ["ERR_INTERNET_DISCONNECTED"]
    visit()
    chat = open_chat(page)
    context.set_offline(True)
    chat.box.fill("is it kept?")
    chat.box.press("Enter")
    expect(chat.problem).to_contain_text("Check your connection")


def test_what_is_typed_is_sent_to_no_maker_of_a_browser(visit: Visit, page: Page) -> None:
    visit()
    boxes = [open_chat(page).box]
    typed = {name: boxes[0].get_attribute(name) for name in STAYS_HERE}
    page.goto("/sources")
    found = page.get_by_role("searchbox")
    searched = {name: found.get_attribute(name) for name in STAYS_HERE}
    assert typed == searched == STAYS_HERE


STAYS_HERE = {
    "autocomplete": "off",
    "autocorrect": "off",
    "spellcheck": "false",
    "writingsuggestions": "false",
    "data-enable-grammarly": "false",
    "data-gramm": "false",
    "data-lt-active": "false",
    "data-ms-editor": "false",
}


@pytest.mark.parametrize("converting", ["isComposing: true", "keyCode: 229"])
def test_the_enter_that_ends_a_conversion_sends_nothing(visit: Visit, converting: str) -> None:
    page = visit()
    chat = open_chat(page)
    chat.box.fill("にほん")
    enter = "new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, "
    kept = chat.box.evaluate(f"box => box.dispatchEvent({enter} {converting} }}))")
    assert kept, "the Enter is the input method's"
    expect(chat.box).to_have_value("にほん")
    sent = chat.box.evaluate(f"box => box.dispatchEvent({enter} }}))")
    assert not sent
    expect(chat.replies).to_have_count(2)


def test_a_reply_that_comes_while_the_chat_is_closed_is_counted(visit: Visit, page: Page) -> None:
    visit()
    chat = open_chat(page)
    with held(page, "**/messages") as asked:
        chat.box.fill("is it kept?")
        chat.box.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Looking")).to_be_visible()
    page.keyboard.press("Escape")
    expect(launcher(page)).to_have_accessible_name(LAUNCHER)
    asked.goes_on()
    expect(launcher(page)).to_have_accessible_name(f"{LAUNCHER} 1 new reply")
    expect(page.get_by_role("status").filter(has_text="1 new reply")).to_have_count(1)
    launcher(page).click()
    expect(chat.replies).to_have_count(2)
    page.keyboard.press("Escape")
    expect(launcher(page)).to_have_accessible_name(LAUNCHER)


def test_the_chat_is_there_before_the_assistant_answers(visit: Visit, page: Page) -> None:
    with held(page, CONVERSATIONS) as begun:
        visit()
        launcher(page).click()
    chat = ChatPage(page)
    expect(chat.box).to_be_focused()
    expect(page.get_by_role("button", name="Close")).to_be_visible()
    expect(panel(page)).to_contain_text("call 999")
    expect(chat.replies).to_have_count(0)
    begun.goes_on()
    chat.greeted()


@pytest.fixture
def guarded(
    make_container: Make, rasa: StandIn, tmp_path: Path, watch: Watch
) -> Iterator[HostPage]:
    """A host page of an assistant that asks for a sign-in, with a provider of its own."""
    at = bound()
    with oidc_provider_mock.run_server_in_thread() as provider, HostPage() as host:
        local = host.origin.replace("127.0.0.1", "localhost")
        issuer = f"http://127.0.0.1:{provider.server_port}"
        container = make_container(
            state_dir=tmp_path,
            public_url=address_of(at),
            allowed_origins=f"{host.origin},{local}",
            oidc_issuer=issuer,
            oidc_client_id="principles",
            oidc_client_secret="secret",
            session_secret="s" * 32,
        )
        with listening(create_app(container), at) as url, hosting(host, url):
            watch.origins_allowed |= {url, host.origin, local, issuer, LOOKS}
            # The stand-in for a provider asks another site for its looks, and itself for an icon.
            # No route gives it them: beside one, Playwright answers what CORS asks beforehand.
            watch.expected += ["401", "404", "ERR_NAME_NOT_RESOLVED"]
            yield host


def test_who_signs_in_beside_the_page_goes_on_in_it(
    page: Page, context: BrowserContext, guarded: HostPage
) -> None:
    page.goto(guarded.origin)
    launcher(page).click()
    chat = ChatPage(page)
    expect(chat.problem).to_contain_text("Sign in first")
    expect(chat.problem).not_to_contain_text("has ended")
    with context.expect_page() as opened:
        chat.problem.get_by_role("link", name="Sign in").click()
    tab = opened.value
    tab.get_by_role("textbox").first.fill("practitioner")
    tab.get_by_role("button").first.click()
    tab.wait_for_url(f"{guarded.assistant}/")
    tab.close()
    # A browser that nobody sees does not say which of its tabs is in sight.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    chat.greeted()
    expect(chat.problem).to_have_count(0)
    chat.ask("is it kept?")


def test_who_has_not_signed_in_is_asked_again_and_not_told_that_anything_ended(
    page: Page, guarded: HostPage
) -> None:
    page.goto(guarded.origin)
    launcher(page).click()
    chat = ChatPage(page)
    expect(chat.problem).to_contain_text("Sign in first")
    for _ in range(2):
        with page.expect_response(CONVERSATIONS) as refused:
            chat.problem.get_by_role("button", name="I have signed in").click()
        assert refused.value.status == 401
        expect(chat.problem).to_contain_text("Sign in first")
        expect(chat.problem).not_to_contain_text("ended")


def test_a_page_of_another_site_leads_to_the_assistant_s_own(page: Page, guarded: HostPage) -> None:
    page.goto(guarded.origin.replace("127.0.0.1", "localhost"))
    launcher(page).click()
    problem = ChatPage(page).problem
    expect(problem).to_contain_text("your browser does not let the page of another site use")
    link = problem.get_by_role("link", name="Open the assistant in its own page")
    expect(link).to_have_attribute("href", f"{guarded.assistant}/")
    expect(problem.get_by_role("button")).to_have_count(0)
