"""The chat as a person uses it: by labels and roles, never by class or id."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.shipped import FLOWS


@dataclass(frozen=True)
class ChatPage:
    page: Page
    frame: FrameLocator | None = None

    @property
    def scope(self) -> Page | FrameLocator:
        return self.frame or self.page

    @property
    def log(self) -> Locator:
        return self.scope.get_by_role("log", name="Conversation")

    @property
    def box(self) -> Locator:
        return self.scope.get_by_label("Your question or answer")

    @property
    def replies(self) -> Locator:
        return self.scope.get_by_role("group", name="Reply")

    @property
    def last(self) -> Locator:
        return self.replies.last

    @property
    def problem(self) -> Locator:
        return self.scope.get_by_role("alert").filter(has_text="There is a problem")

    def greeted(self) -> ChatPage:
        expect(self.replies).to_have_count(1)
        return self

    def ask(self, text: str) -> Locator:
        """Types and sends; returns the reply."""
        before = self.replies.count()
        self.box.fill(text)
        self.box.press("Enter")
        return self._reply(before)

    def press(self, name: str) -> Locator:
        """Presses a button of the last reply; returns the reply to it."""
        before = self.replies.count()
        self.last.get_by_role("button", name=name).click()
        return self._reply(before)

    def answer(self, label: str) -> Locator:
        """Answers the open step; returns the reply."""
        before = self.replies.count()
        self.last.get_by_role("radio", name=label, exact=True).check()
        self.last.get_by_role("button", name="Continue").click()
        return self._reply(before)

    def start(self, flow_title: str) -> Locator:
        """Starts a flow from the menu of the greeting."""
        self.open_group(flow_title)
        return self.press(flow_title)

    def open_group(self, flow_title: str) -> None:
        """Opens the heading of the menu that a flow stands under."""
        task = next(flow.task for flow in FLOWS.values() if flow.title == flow_title)
        self.last.get_by_text(task, exact=True).click()

    def _reply(self, before: int) -> Locator:
        expect(self.replies).to_have_count(before + 1)
        return self.last
