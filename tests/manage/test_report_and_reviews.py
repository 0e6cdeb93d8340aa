"""The report for the board and what is due, as pages."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import docx

from bot.asked.contribution import UsageEvent
from bot.asked.store import AskedStore
from bot.manage.report_page import usual_periods
from bot.manage.reviews_page import rows_of
from bot.manage.roles import Role
from bot.operations.due import OpenIn
from bot.storage.engine import open_store
from knowledge.errors import Location
from knowledge.revision.citing_place import CitingPlace
from knowledge.revision.open_places import OpenPlace
from knowledge.revision.review import Assignment
from tests.api.standins import Serve
from tests.manage.people import accounts_in, add, sign_in

TODAY = datetime.now(UTC).date()
TOKEN = "0123456789abcdef" * 2


def test_the_report_is_a_page_and_a_word_document(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    store = AskedStore(open_store(f"sqlite:///{tmp_path / 'conversations.db'}"))
    for n in range(6):
        store.add(counted=[UsageEvent(TODAY, "", "shipped", "answered", mark=str(n))])
    assert client.get("/manage/report.docx").headers["Location"].startswith("/manage/signin")
    sign_in(client, add(accounts_in(tmp_path), Role.READER))
    page = client.get("/manage/report")
    assert "<td>Answered from the documents</td><td>6</td>" in page.text
    assert "Questions are not kept" in page.text
    wanted = {"from": str(TODAY), "to": str(TODAY - timedelta(days=9))}
    file = client.get("/manage/report.docx", params=wanted)
    assert f" to {TODAY}.docx" in file.headers["Content-Disposition"]
    tables = docx.Document(io.BytesIO(file.content)).tables
    assert tables[0].rows[1].cells[1].text == "6"
    earlier = client.get("/manage/report", params={"from": "2020-01-01", "to": "2020-02-01"})
    assert "<td>Answered from the documents</td><td>none</td>" in earlier.text
    said = client.get("/manage/report", params={"from": "1 January 2020", "to": "1 Feb 2020"})
    assert 'value="1 February 2020"' in said.text
    wrong = client.get("/manage/report?from=nonsense")
    assert wrong.status_code == 200
    assert "“nonsense” is no date." in wrong.text


def test_the_periods_that_boards_ask_for_are_links() -> None:
    def found(day: date) -> dict[str, tuple[str, str]]:
        return {name: (str(p.since), str(p.until)) for name, p in usual_periods(day)}

    assert found(date(2026, 11, 30)) == {
        "Last month": ("2026-10-01", "2026-10-31"),
        "Last quarter": ("2026-07-01", "2026-09-30"),
        "This quarter": ("2026-10-01", "2026-11-30"),
        "Since April": ("2026-04-01", "2026-11-30"),
    }
    new_year = found(date(2027, 1, 1))
    assert new_year["Last month"] == ("2026-12-01", "2026-12-31")
    assert new_year["Last quarter"] == ("2026-10-01", "2026-12-31")
    assert new_year["Since April"] == ("2026-04-01", "2027-01-01")


def test_what_is_due_is_listed(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    sign_in(client, add(accounts_in(tmp_path), Role.READER))
    page = client.get("/manage/reviews")
    assert ">consent-default-dated" not in page.text
    assert "Nobody has signed it off." in page.text
    assert "Nobody has signed it." in page.text
    overview = client.get("/manage").text
    assert "documents are not signed as they stand" in overview
    late = r'<a href="/manage/contacts"><strong>\d+</strong> contacts are overdue for review'
    assert re.search(late, overview)
    assert '<a href="/manage/notices/consent-default-dated">' in page.text
    assert '<a href="/manage/contacts/samaritans">' in page.text
    assert "FP_REVIEWS_TOKEN" in page.text


def test_a_place_that_is_open_is_one_row_with_all_that_it_cites() -> None:
    def open_in(cited: str, key: str, to: str | None = None) -> OpenIn:
        place = CitingPlace(cited, "gap", key, key, Location("gaps.jsonl", 1), "", Path())
        given = Assignment(to=to, by="Ann", on=TODAY) if to else None
        return OpenIn("000", OpenPlace(place, "open", given))

    found = [open_in("000.p1", "gap/a", "Bo"), open_in("000.p2", "gap/a", "Bo")]
    rows = rows_of([*found, open_in("000.p1", "gap/b")])
    assert [(row.place.citation.key, row.cited) for row in rows] == [
        ("gap/a", ("000.p1", "000.p2")),
        ("gap/b", ("000.p1",)),
    ]


def test_a_calendar_program_brings_the_token(serve: Serve) -> None:
    client = serve(reviews_token=TOKEN)
    feed = client.get(f"/manage/reviews/{TOKEN}.ics")
    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in feed.text
    assert client.head(f"/manage/reviews/{TOKEN}.ics").status_code == 200
    assert client.get(f"/manage/reviews/{TOKEN[::-1]}.ics").status_code == 404


def test_without_the_setting_there_is_no_feed(serve: Serve) -> None:
    assert serve().get(f"/manage/reviews/{TOKEN}.ics").status_code == 404
