"""What is said before an answer: by the key that was learnt, or by the message's own characters."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import regex

from bot.content.notices import OtherLanguage, SpokenNotice, read_notices
from bot.understanding.personal_data.placeholders import PLACEHOLDERS, TAKEN_OUT
from knowledge.errors import ContentError, Violation
from knowledge.yaml_source import YamlSource

APOSTROPHES = regex.compile("['’]")
WORD = regex.compile(r"\p{L}+")
LATIN = regex.compile(r"\p{Latin}")
LETTER = regex.compile(r"\p{L}")
FEWEST_WORDS = 3
UNREAD = PLACEHOLDERS["message"]


class SpokenNotices:
    """Every notice, by its key."""

    def __init__(
        self,
        path: Path,
        *,
        contacts: Collection[str],
        flows: Collection[str],
        passages: Collection[str],
    ) -> None:
        """Raises ContentError for a file that cannot be used, or whose own messages are misread."""
        source = YamlSource.read(path)
        file = read_notices(source, contacts=contacts, flows=flows, passages=passages)
        self._notices = {
            key: notice.model_copy(update={"key": key}) for key, notice in file.notice.items()
        }
        self._language = Languages(file.other_language)
        if wrong := list(self._language.misread(source)):
            raise ContentError(*wrong)

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
        letters = len(LETTER.findall(said))
        if letters and len(LATIN.findall(said)) * 2 < letters:
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
