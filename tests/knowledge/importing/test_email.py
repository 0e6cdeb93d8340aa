from __future__ import annotations

from pathlib import Path

from tests.knowledge.importing.making import imported

EMAIL = """From: Carrow, Meera <meera@dale.example>
To: All leads
Subject: Bruises on babies

Dear all,

What changes

Ring the ward first.

> Does this cover twins?

Yes. Both twins are seen.

Kind regards

Meera Carrow
This e-mail is confidential.
"""


def test_only_what_an_email_says_is_quoted_under_its_subject(tmp_path: Path) -> None:
    document = imported(tmp_path, "mail.txt", EMAIL)
    assert document.title == "Bruises on babies"
    assert [(p.heading, p.text) for p in document.passages] == [
        ("What changes", "Ring the ward first."),
        ("What changes", "Yes. Both twins are seen."),
    ]


def test_a_text_that_is_no_email_keeps_such_lines(tmp_path: Path) -> None:
    text = "Date: the day it was seen is written down.\n\nDear all letters are kept.\n"
    assert len(imported(tmp_path, "records.txt", text).passages) == 2
