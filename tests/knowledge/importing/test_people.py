from __future__ import annotations

import pytest

from knowledge.importing.block import Block
from knowledge.importing.people import people_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr Amina Okafor leads the unit.", ["Amina Okafor"]),
        ("Author: Jane Harker and Tom van Dale", ["Jane Harker", "Tom van Dale"]),
        ("Jane Harker, tel: 01632 960123", ["Jane Harker"]),
        ("The Named Officer is Jane McHarker.", ["Jane McHarker"]),
        ("Contact Children Services", []),
        ("Lord Laming's Report says so.", []),
        ("Tell the manager.", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(people_in([Block("paragraph", text)])) == names


def test_a_name_that_holds_an_apostrophe() -> None:
    assert people_in([Block("paragraph", "Dr Mary O'sullivan wrote it.")]) == ("Mary O'sullivan",)


def test_whom_the_file_names_comes_first_and_nobody_twice() -> None:
    blocks = [Block("paragraph", "Dr Amina Okafor and Dr Jane Harker met.")]
    assert people_in(blocks, ["Jane Harker", "Policy Team"]) == ("Jane Harker", "Amina Okafor")
