from __future__ import annotations

from knowledge.importing.text_pages import PAGE_BREAK, without_pages


def test_pages_become_one_text_and_a_sentence_goes_on_over_their_end() -> None:
    foot = "Version 2     Uncontrolled if printed     Page {}"
    pages = ["Staff tell the", "", foot.format(1), PAGE_BREAK, "", "lead at once.", "", "Wait."]
    lines, edges = without_pages([*pages, "", foot.format(2)])
    assert lines == ["Staff tell the", "lead at once.", "", "Wait.", ""]
    assert edges == ["Version 2 Uncontrolled if printed Page 1"]
