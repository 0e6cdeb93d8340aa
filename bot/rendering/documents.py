"""What is said of the documents themselves: their facts, in the words of `data/documents.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.content.phrases import UndatedPhrases
from bot.content.replies import DocumentWording
from bot.messages import AnswerMessage, Message, TextMessage
from bot.rendering.plain_text import PlainText, paragraphs
from bot.understanding.documents import CUT_SHORT, POINTS_ELSEWHERE, DocumentFacts
from knowledge.areas import area_name
from knowledge.documents import Document, Passage
from knowledge.library import Library
from knowledge.relations import SourceList


class DocumentRenderer:
    def __init__(
        self,
        library: Library,
        wording: DocumentWording,
        undated: UndatedPhrases,
        plain_text: PlainText,
    ) -> None:
        self._library = library
        self._undated = undated
        self._wording = wording
        self._replies = wording.documents
        self._plain_text = plain_text

    def message(self, facts: DocumentFacts, today: date | None = None) -> Message:
        """`answer` where text of a source is shown, `text` for words about it."""
        if facts.shows:
            return self._quoted(self._above(facts), facts)
        return TextMessage(text=paragraphs(*self._parts(facts, today or date.today())))

    def _quoted(self, lead: str, facts: DocumentFacts) -> AnswerMessage:
        return AnswerMessage(
            text=paragraphs(lead, *map(self._plain_text.cited, facts.quotes)),
            lead=lead,
            quotes=list(facts.quotes),
        )

    def _above(self, facts: DocumentFacts) -> str:
        replies = self._replies
        match facts.kind:
            case "item":
                return replies.item.says.format(number=facts.number, count=facts.count)
            case "next":
                return replies.next.says.format(number=facts.number, count=facts.count)
            case "previous":
                return replies.previous.says.format(number=facts.number, count=facts.count)
            case "elsewhere":
                return replies.elsewhere.says.format(count=len(facts.quotes))
        return replies.whole.says

    def _parts(self, facts: DocumentFacts, today: date) -> Iterator[str]:
        """The paragraphs of an answer in words."""
        replies, documents = self._replies, facts.documents
        match facts.kind:
            case "newest":
                yield from self._extreme(replies.newest.says, facts)
            case "oldest":
                yield from self._extreme(replies.oldest.says, facts)
            case "list":
                yield replies.list.says.format(count=len(documents))
                yield self._named(documents)
            case "publisher":
                yield from self._publisher(facts)
            case "date":
                yield from self._date(facts, today)
            case "areas":
                yield from self._areas(documents)
            case "principles":
                yield replies.principles.says
                yield bullets(self._counted(each, facts) for each in documents)
            case "headings":
                yield from self._headings(facts)
            case "law":
                yield from self._law(facts)
            case "whole":
                yield replies.whole.none
                yield bullets(map(self._one_list, facts.lists))
            case "item" | "next" | "previous":
                yield from self._no_item(facts)
            case "missing":
                yield replies.missing.says
                yield bullets(self._missing(facts))
            case "differences":
                yield replies.differences.says
                yield bullets(facts.says)
            case "elsewhere":
                yield replies.elsewhere.none if documents else replies.elsewhere.unclear
            case "copies":
                yield replies.copies.says

    def _extreme(self, says: str, facts: DocumentFacts) -> Iterator[str]:
        for document in facts.documents:
            yield says.format(count=facts.count, document=self.named(document))
        if facts.undated:
            yield self._undated.documents
            yield self._named(facts.undated)

    def named(self, document: Document) -> str:
        """One document in one line."""
        wording = self._wording
        area = document.area
        return wording.document.format(
            title=document.title,
            publisher=document.publisher,
            version=document.version,
            area=wording.of_an_area.format(area=area_name(area)) if area else wording.of_no_area,
        )

    def _named(self, documents: Iterable[Document]) -> str:
        return bullets(map(self.named, documents))

    def _none(self, says: str) -> Iterator[str]:
        """Where no document is meant: all there are."""
        yield says.format(count=len(self._library.documents))
        yield self._named(self._library.documents.values())

    def _publisher(self, facts: DocumentFacts) -> Iterator[str]:
        reply = self._replies.publisher
        if not facts.documents:
            yield from self._none(reply.none)
            return
        yield reply.named if facts.named else reply.says
        yield self._named(facts.documents)
        if not facts.named:
            places = (f"{each.citation.title}, {each.citation.reference}" for each in facts.quotes)
            yield bullets(places)

    def _date(self, facts: DocumentFacts, today: date) -> Iterator[str]:
        reply = self._replies.date
        if not facts.documents:
            yield from self._none(reply.none)
            return
        dated = [document for document in facts.documents if document.year is not None]
        undated = [document for document in facts.documents if document.year is None]
        age = self._age(dated, today) if dated else self._undated.age
        yield (reply.named if facts.named else reply.says).format(age=age)
        yield self._named(dated)
        if dated and undated:
            yield self._undated.documents
        yield self._named(undated)

    def _age(self, dated: Iterable[Document], today: date) -> str:
        """Of the oldest."""
        reply = self._replies.date
        years = today.year - min(document.year for document in dated if document.year is not None)
        return reply.years.format(years=years) if years > 0 else reply.this_year

    def _areas(self, documents: Iterable[Document]) -> Iterator[str]:
        every = list(documents)
        local = [document for document in every if document.area]
        yield self._replies.areas.says.format(count=len(local), total=len(every))
        yield self._named(local)
        if others := [document for document in every if not document.area]:
            yield self._replies.areas.others
            yield self._named(others)

    def _counted(self, document: Document, facts: DocumentFacts) -> str:
        reply = self._replies.principles
        count = len(headings(facts.passages, document))
        lists = [each for each in facts.lists if each.passage_id.startswith(f"{document.id}.")]
        counted = ("; ".join(self._one_count(each) for each in lists)).strip()
        return reply.document.format(
            title=document.title,
            headings=reply.one_heading if count == 1 else reply.headings.format(count=count),
            lists=reply.lists.format(lists=counted) if lists else reply.no_lists,
        )

    def _one_count(self, listed: SourceList) -> str:
        return self._replies.principles.one_list.format(
            count=len(listed.items or listed.members), opening=listed.opening
        )

    def _one_list(self, listed: SourceList) -> str:
        return self._replies.whole.one_list.format(
            title=self._library.documents[listed.passage_id.partition(".")[0]].title,
            count=len(listed.items or listed.members),
            opening=listed.opening,
        )

    def _headings(self, facts: DocumentFacts) -> Iterator[str]:
        if not facts.documents:
            yield from self._none(self._replies.headings.none)
        for document in facts.documents:
            reply, found = self._replies.headings, headings(facts.passages, document)
            yield (reply.says if found else reply.no_headings).format(title=document.title)
            yield bullets(found)

    def _law(self, facts: DocumentFacts) -> Iterator[str]:
        reply = self._replies.law
        yield reply.says
        notices = dict.fromkeys(notice.text for quote in facts.quotes for notice in quote.notices)
        if notices:
            yield reply.beside
            yield bullets(notices)
        elif facts.quotes:
            yield reply.none_beside

    def _no_item(self, facts: DocumentFacts) -> Iterator[str]:
        reply = self._replies.item
        if facts.kind != "item":
            reply = self._replies.next if facts.kind == "next" else self._replies.previous
        if not facts.lists:
            yield reply.unclear
        else:
            yield reply.none.format(number=facts.number, count=facts.count)

    def _missing(self, facts: DocumentFacts) -> Iterator[str]:
        reply = self._replies.missing
        titles = {document.id: document.title for document in facts.documents}
        for flag, says in (
            (CUT_SHORT, reply.cut_short),
            (POINTS_ELSEWHERE, reply.points_elsewhere),
        ):
            for passage in facts.passages:
                if flag in passage.flags:
                    title = titles[passage.document_id]
                    yield says.format(reference=passage.reference, title=title)
        for document in facts.documents:
            for part in document.not_quoted:
                first, last = part.lines
                yield reply.not_quoted.format(
                    title=document.title, first=first, last=last, why=part.why
                )


def headings(passages: Iterable[Passage], document: Document) -> list[str]:
    """The document's headings, in order, each once."""
    own = (each for each in passages if each.document_id == document.id)
    return list(dict.fromkeys(each.heading for each in own if each.heading))


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
