"""The few kinds of element that the cards are built from.

Words that are not ours stand in a `RichTextBlock`, which takes them as they are; a
`TextBlock` would read the asterisks of a source as Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from microsoft_teams.cards import (
    Action,
    ActionSet,
    CardElement,
    Container,
    ExecuteAction,
    OpenUrlAction,
    RichTextBlock,
    TextBlock,
    TextRun,
)

from bot.messages import Option

TITLE_LENGTH = 40
"""Teams cuts longer button titles off on a telephone; the words then stand above the buttons."""

CHOOSE = "choose"
RATE = "rate"
SHOW_RECORD = "record"
FORGET = "forget"


def heading(text: str) -> TextBlock:
    return TextBlock(text=text, style="heading", weight="Bolder", size="Medium", wrap=True)


def label(text: str) -> TextBlock:
    """A line of our own that says what follows."""
    return TextBlock(text=text, weight="Bolder", wrap=True)


def remark(text: str) -> RichTextBlock:
    return RichTextBlock(inlines=[TextRun(text=text, size="Small")], spacing="Small")


def words(text: str, *, strong: bool = False) -> list[CardElement]:
    """One block a line: line breaks inside a run are lost in Teams."""
    weight = "Bolder" if strong else None
    return [
        RichTextBlock(inlines=[TextRun(text=line, weight=weight)])
        for line in text.split("\n")
        if line.strip()
    ]


def marked_words(text: str, marks: Iterable[tuple[int, int]]) -> list[CardElement]:
    """`text` as it is, with the [start, end) ranges in bold."""
    bold = {at for start, end in marks for at in range(start, end)}
    blocks: list[CardElement] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(RichTextBlock(inlines=list(_runs(line, offset, bold))))
        offset += len(line) + 1
    return blocks


def _runs(line: str, offset: int, bold: set[int]) -> Iterable[TextRun]:
    start = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or (offset + end in bold) != (offset + start in bold):
            weight = "Bolder" if offset + start in bold else None
            yield TextRun(text=line[start:end], weight=weight)
            start = end


def box(items: Sequence[CardElement], style: str = "emphasis") -> Container:
    """Styles are Teams' own, so that they follow the dark and high-contrast themes."""
    return Container(items=list(items), style=style, spacing="Medium")


def execute(title: str, verb: str, data: dict[str, Any]) -> ExecuteAction:
    """Teams hands `verb` and `data` back when the button is used, however late."""
    return ExecuteAction(title=title, verb=verb, data=data, tooltip=title, associated_inputs="none")


def choice(option: Option, title: str | None = None) -> ExecuteAction:
    return execute(title or option.label, CHOOSE, {"choice": option.id})


def link(title: str, url: str) -> OpenUrlAction:
    return OpenUrlAction(title=title, url=url)


def buttons(actions: Sequence[Action]) -> list[CardElement]:
    return [ActionSet(actions=list(actions), spacing="Small")] if actions else []


def options(offered: Sequence[Option], *, numbered: bool = True) -> list[CardElement]:
    """A button a line, so that a telephone does not squeeze them."""
    titles = _titles(offered) if numbered else {option.label: option for option in offered}
    blocks: list[CardElement] = []
    if any(len(title) > TITLE_LENGTH for title in titles):
        blocks += [block for title in titles for block in words(title)]
    for title, option in titles.items():
        blocks += buttons([choice(option, title)])
    return blocks


def words_with_options(text: str, offered: Sequence[Option]) -> list[CardElement]:
    """A text that lists its own options, with a button where each is named."""
    titles = _titles(offered)
    blocks: list[CardElement] = []
    for line in text.split("\n"):
        option = titles.pop(line, None)
        if option is None or len(line) > TITLE_LENGTH:
            blocks += words(line)
        if option:
            blocks += buttons([choice(option, line)])
    for title, option in titles.items():
        blocks += buttons([choice(option, title)])
    return blocks


def _titles(offered: Sequence[Option]) -> dict[str, Option]:
    if len(offered) == 1:
        return {offered[0].label: offered[0]}
    return {f"{number}. {option.label}": option for number, option in enumerate(offered, 1)}
