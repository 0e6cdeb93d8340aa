"""What stands beside a quotation on a page."""

from __future__ import annotations

from datetime import date

from bot.web.templating import TEMPLATES
from knowledge.quotes import Notice
from tests.shipped import PHRASES


def test_only_what_somebody_has_checked_bears_a_day() -> None:
    page = TEMPLATES.env.from_string(
        '{% from "quotes.html" import notice with context %}{{ notice(stands) }}'
    )
    written = Notice(id="n", kind="local", text="Local.", checked_on=date(2026, 11, 21))
    for by_itself in (False, True):
        notice = written.model_copy(update={"by_itself": by_itself})
        shown = page.render(phrases=PHRASES, stands=notice)
        assert PHRASES.quotations.not_from_sources in shown
        assert ("Checked on 21 November 2026." in shown) is not by_itself
