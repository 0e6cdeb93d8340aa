"""What the sources say to a question, or that they do not answer it and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from bot import choices
from bot.content.contacts import Contacts
from bot.content.phrases import Phrases
from bot.flows import Flow, Flows
from bot.messages import AnswerMessage, Contact, FlowRef, NotCoveredMessage, Option, TextMessage
from bot.rendering.plain_text import PlainText, bulleted, numbered, paragraphs
from knowledge import Answer, Document
from knowledge.areas import area_name

OLD_YEARS = 5
"""A text this old is said to be old."""

ASKED_AT_MOST = 80
"""Characters of a person's own words that are shown again, about a line."""


@dataclass(frozen=True)
class Above:
    """What stands above the quotations: what is to be read first, whose words follow and how old
    they are, and how the sources differ."""

    opening: str
    provenance: str
    difference: str

    @property
    def text(self) -> str:
        return paragraphs(self.opening, sentences(self.provenance, self.difference))


class AnswerRenderer:
    def __init__(
        self, flows: Flows, contacts: Contacts, phrases: Phrases, plain_text: PlainText
    ) -> None:
        self._flows = flows
        self._contacts = contacts
        self._phrases = phrases
        self._plain_text = plain_text

    def message(
        self,
        found: Answer,
        flow_ids: Sequence[str],
        asked: str | None = None,
        *,
        numbers_free: bool,
    ) -> AnswerMessage | NotCoveredMessage:
        """`flow_ids` are offered beside it. `asked`: the words that it answers, shown again where
        they are not the message. `numbers_free`: in a walk the numbers are those of the open
        question alone."""
        flows = [self._flows[each] for each in flow_ids]
        options = [Option(id=choices.start(flow.id), label=flow.title) for flow in flows]
        titles = numbered(options) if numbers_free else bulleted(options)
        offered = paragraphs(self._phrases.replies.flows, titles) if options else None
        again = self._asked(asked) if asked else None
        first = self._first(flows)
        if found.verdict == "answerable":
            above = self._above(found, date.today(), first)
            return self._answer(found, flows, options, offered, again, above)
        return self._not_covered(
            found, flows, options, offered, again, self.lead(found, first=first)
        )

    def remark(self, phrase: str, *, whom: bool) -> TextMessage:
        """One of the phrases on what comes next. `whom`: with whom to ask when nothing does."""
        words: str = getattr(self._phrases.follow_ups, phrase)
        contacts = self._contacts.asked(self._phrases.replies.ask_by_default) if whom else []
        return TextMessage(text=paragraphs(words, self._listed(contacts)))

    def _answer(
        self,
        found: Answer,
        flows: list[Flow],
        options: list[Option],
        offered: str | None,
        asked: str | None,
        above: Above,
    ) -> AnswerMessage:
        elsewhere = self._elsewhere(found)
        asks = found.confidence == "closest" or elsewhere
        contacts = self._whom(found) if asks else []
        quotes = self._plain_text.cited_once(found.quotes)
        return AnswerMessage(
            text=paragraphs(asked, above.text, *quotes, elsewhere, offered, self._listed(contacts)),
            elsewhere=elsewhere,
            asked=asked,
            lead=above.text,
            opening=above.opening,
            provenance=above.provenance,
            difference=above.difference,
            quotes=list(found.quotes),
            confidence=found.confidence,
            where_to_ask=contacts,
            related_flows=references(flows),
            options=options,
        )

    def _not_covered(
        self,
        found: Answer,
        flows: list[Flow],
        options: list[Option],
        offered: str | None,
        asked: str | None,
        lead: str,
    ) -> NotCoveredMessage:
        contacts = self._whom(found)
        related = list(map(self._plain_text.cited, found.related))
        heading = self._phrases.replies.related if related else None
        return NotCoveredMessage(
            text=paragraphs(asked, lead, self._listed(contacts), heading, *related, offered),
            asked=asked,
            lead=lead,
            reason="out_of_scope" if found.verdict == "out_of_scope" else "not_in_sources",
            where_to_ask=contacts,
            related=list(found.related),
            related_flows=references(flows),
            options=options,
        )

    def lead(self, found: Answer, today: date | None = None, first: str | None = None) -> str:
        """The words above the quotations, or in their place. `first`: what not to wait with."""
        if found.verdict == "answerable":
            return self._above(found, today or date.today(), first).text
        return paragraphs(self._not_held(found), self._unanswered(found, first))

    def _above(self, found: Answer, today: date, first: str | None) -> Above:
        phrases = self._phrases.answers
        nearest = phrases.closest if found.confidence == "closest" else None
        explained = self._explained(found)
        return Above(
            opening=paragraphs(self._not_held(found), nearest, first, explained),
            provenance=self.whose(found.documents, today),
            difference=found.difference or "",
        )

    def _unanswered(self, found: Answer, first: str | None) -> str:
        phrases, explained = self._phrases.answers, self._explained(found)
        if explained and not found.gap:
            return paragraphs(explained, first)
        if found.verdict == "out_of_scope":
            return phrases.outside
        reason = found.gap.reason if found.gap else None
        return paragraphs(explained, sentences(phrases.not_answered, reason), first)

    def _explained(self, found: Answer) -> str | None:
        return f"{found.term} {self._phrases.answers.ours}" if found.term else None

    def _not_held(self, found: Answer) -> str | None:
        """That nothing is held from the area that was named."""
        if found.not_held is None:
            return None
        return self._phrases.answers.not_held.format(area=found.not_held)

    def whose(self, documents: Sequence[Document], today: date) -> str:
        """Whose text this is, and how old, in one line."""
        phrases = self._phrases.answers
        first, *others = dict.fromkeys(documents)
        line = [phrases.whose.format(publisher=first.publisher, version=first.version)]
        if others:
            publishers = " and ".join(other.publisher for other in others)
            line.append(phrases.also_quoted.format(publishers=publishers))
        years = [document.year for document in documents if document.year is not None]
        if years and (age := today.year - min(years)) >= OLD_YEARS:
            old = phrases.oldest_is_old if others else phrases.one_is_old
            line.append(old.format(years=age))
        if len(years) < len(documents):
            undated = self._phrases.undated
            line.append(undated.part_of_it if years else undated.all_of_it)
        return sentences(*line)

    def _elsewhere(self, found: Answer) -> str | None:
        """That what one area's text answers is not answered outside it."""
        gap, quotes = found.elsewhere, found.quotes
        if gap is None or not quotes or quotes[0].citation.area is None:
            return None
        area = area_name(quotes[0].citation.area)
        return self._phrases.answers.elsewhere.format(area=area, reason=gap.reason)

    def _first(self, flows: Sequence[Flow]) -> str | None:
        """What not to wait with, where the flow is offered that says so."""
        first = flows[0].first if flows else None
        return self._plain_text.fixed(first) if first else None

    def _asked(self, words: str) -> str:
        shown = shorten(words, ASKED_AT_MOST, placeholder="…")
        return self._phrases.answers.asked.format(words=shown)

    def _whom(self, found: Answer) -> list[Contact]:
        """Beside an answer a gap is only a neighbour, which may be about somebody else."""
        if found.verdict == "out_of_scope":
            return self._contacts.known(found.gap.whom) if found.gap else []
        gap = found.gap if found.verdict != "answerable" else found.elsewhere
        return self._contacts.asked(gap.whom if gap else self._phrases.replies.ask_by_default)

    def _listed(self, contacts: Sequence[Contact]) -> str | None:
        if not contacts:
            return None
        lines = (f"- {contact.label}: {contact.detail}" for contact in contacts)
        return "\n".join([self._phrases.replies.ask, *lines])


def references(flows: Sequence[Flow]) -> list[FlowRef]:
    return [FlowRef(id=flow.id, title=flow.title) for flow in flows]


def sentences(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
