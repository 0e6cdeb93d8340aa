"""What is said before an answer, and which message calls for it: by the key that Rasa learnt, or by
the message's own characters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Protocol

import regex

from bot.content.notices import OtherLanguage, SpokenNotice, quoted, read_notices
from bot.understanding.other_language import is_other_script
from bot.understanding.personal_data.placeholders import PLACEHOLDERS, TAKEN_OUT
from bot.understanding.turn import TurnInput
from knowledge.errors import ContentError, Violation
from knowledge.yaml_source import YamlSource

APOSTROPHES = regex.compile("['’]")
WORD = regex.compile(r"\p{L}+")
FEWEST_WORDS = 3
UNREAD = PLACEHOLDERS["message"]
INTENT = "notice"
SAID_BEFORE = (
    *("action_question", "action_notice", "action_start_flow"),
    *("action_documents", "action_assistant", "action_contact"),
)
"""Before these a notice may be said. A command, such as "stop", is followed at once, and answers no
question."""
LIKELY = 0.5
"""From here on one is said before whatever else the message gets. Strangers took one too many for
an accusation: at 0.3 one in 52 calm messages of seven authors got one, at 0.5 one in 85. One that
nothing follows is said only where Rasa is sure."""
PART_LIKELY = 0.1
"""Of 40 messages held back that ask for a part, when the whole was said, 10 got it and 2 another;
of 392 others 5 would have. At 0.05 it were 16, 5 and 6 (`tests/rasa/test_intents.py` counts)."""
WHOLE_SURE = 0.8
"""All notices together, for a part whose whole was not said. A health visitor who asked what to
write, shaken, had 0.49; two who said that they were accused had 0.99 both."""


class FindsNotices(Protocol):
    def __getitem__(self, key: str) -> SpokenNotice: ...

    def __contains__(self, key: object) -> bool: ...

    def found(self, text: str) -> SpokenNotice | None:
        """What the characters of a message call for, whatever it means."""


def called_for(turn: TurnInput, notices: FindsNotices) -> SpokenNotice | None:
    """The notice to be said before whatever else the message gets."""
    if turn.choice or turn.action not in SAID_BEFORE:
        return None
    part = _part_of_what_was_said(turn, notices)
    if turn.action == "action_notice" and turn.key in notices:
        named = notices[turn.key]
        if part and part.within == named.key:
            return part
        whole_said = named.within in (None, *turn.noticed)
        return named if whole_said or turn.sure >= WHOLE_SURE else None
    if part:
        return part
    if turn.action == "action_question" and (found := notices.found(turn.text)):
        return found
    likely = (each.key_of(INTENT) for each in turn.ranking if each.confidence >= LIKELY)
    named_so = (notices[key] for key in likely if key and key in notices)
    return next((notice for notice in named_so if notice.followed != "never"), None)


def _part_of_what_was_said(turn: TurnInput, notices: FindsNotices) -> SpokenNotice | None:
    """Of a notice that was said, the part that the message is likely to ask for: "can I text her
    mum" says by itself nothing of an accusation."""
    likely = (each.key_of(INTENT) for each in turn.ranking if each.confidence >= PART_LIKELY)
    parts = (notices[key] for key in likely if key and key in notices)
    return next((part for part in parts if part.within in turn.noticed), None)


class SpokenNotices:
    """Every notice, by its key."""

    def __init__(
        self,
        path: Path,
        *,
        contacts: Collection[str],
        flows: Collection[str],
        passages: Collection[str] | None = None,
    ) -> None:
        """Raises ContentError for a file that cannot be used, or whose own messages are misread.

        Without `passages` whoever makes it asks afterwards what is `unquotable`.
        """
        self._source = source = YamlSource.read(path)
        file = read_notices(source, contacts=contacts, flows=flows, passages=passages)
        self._notices = {
            key: notice.model_copy(update={"key": key}) for key, notice in file.notice.items()
        }
        self._language = Languages(file.other_language)
        if wrong := list(self._language.misread(source)):
            raise ContentError(*wrong)

    def unquotable(self, passages: Collection[str]) -> Iterator[Violation]:
        """Where a notice quotes what is not among the passages."""
        for key, path, name in quoted(self._notices):
            if name not in passages:
                place = self._source.place_of(path)
                yield Violation(place, f"{key}: there is no '{name}' in the passages")

    def __getitem__(self, key: str) -> SpokenNotice:
        return self._notices[key]

    def __contains__(self, key: object) -> bool:
        return key in self._notices

    def found(self, text: str) -> SpokenNotice | None:
        """The notice that the characters of the redacted `text` call for, whatever it means."""
        if self._language.is_foreign(text):
            return self._language.notice
        return next(
            (
                notice
                for notice in self._notices.values()
                if any(each.is_in(text) for each in notice.found)
            ),
            None,
        )


class Languages:
    """Tells English from another language by common words and by letters."""

    def __init__(self, lines: OtherLanguage) -> None:
        self._lines = lines
        self.notice = SpokenNotice.model_construct(
            says=lines.says, followed="never", contacts=lines.contacts, examples=()
        )

    def is_foreign(self, text: str) -> bool:
        """What was taken out unread counts, and no other placeholder does."""
        said = APOSTROPHES.sub("", TAKEN_OUT.sub(" ", text).casefold())
        if is_other_script(said):
            return True
        words = WORD.findall(said)
        if UNREAD in text and len(words) < FEWEST_WORDS:
            return True
        foreign = sum(word in self._lines.foreign for word in words)
        english = sum(word in self._lines.english for word in words)
        return len(words) >= FEWEST_WORDS and foreign > 1 and foreign > 2 * english

    def misread(self, source: YamlSource) -> list[Violation]:
        """The messages of the file itself that are taken for the wrong language."""
        tried = {"matches": self._lines.matches, "spares": self._lines.spares}
        return [
            Violation(
                source.place_of(("other_language", name, at)),
                "this message is not taken for another language"
                if name == "matches"
                else "this message is taken for another language",
            )
            for name, messages in tried.items()
            for at, message in enumerate(messages)
            if self.is_foreign(message) is (name == "spares")
        ]
