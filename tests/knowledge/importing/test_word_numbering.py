from __future__ import annotations

from lxml import etree

from knowledge.importing.word_numbering import Numbering
from tests.knowledge.importing.making import W


def numbering(*levels: str, use: str = "") -> Numbering:
    defined = "".join(f'<w:lvl w:ilvl="{n}">{level}</w:lvl>' for n, level in enumerate(levels))
    return Numbering(
        etree.fromstring(
            f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{defined}'
            f'</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>{use}</w:num>'
            "</w:numbering>"
        )
    )


def level(form: str, text: str, start: str = "1") -> str:
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'


def test_forms_of_numbers() -> None:
    lists = numbering(level("upperRoman", "%1."), level("lowerLetter", "%1 (%2)"))
    assert [lists.next("1", depth) for depth in (0, 1, 1, 0, 1)] == [
        *("I.", "I (a)", "I (b)", "II.", "II (a)")
    ]


def test_a_bullet_and_an_unknown_list() -> None:
    assert numbering(level("bullet", "x")).next("1", 0) == "•"
    assert numbering().next("9", 0) == ""


def test_a_number_stands_on_one_line_and_is_not_endless() -> None:
    assert numbering(level("decimal", "%1&#10;.")).next("1", 0) == "1 ."
    assert len(numbering(level("lowerRoman", "%1", start="9" * 9)).next("1", 0)) <= 100
