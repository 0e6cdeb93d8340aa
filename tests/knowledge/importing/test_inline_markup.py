from __future__ import annotations

import pytest

from knowledge.importing.inline_markup import is_all_bold, is_only_links, plain


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Ring the [police](https://example.org/(x)) *now*.", "Ring the police now."),
        ("**Do** __not__ wait, `ever`.", "Do not wait, ever."),
        ("5 * 3 and a_name_of_parts", "5 * 3 and a_name_of_parts"),
        ("Tell <b>her</b><br/> <jane@example.org>", "Tell her jane@example.org"),
        (
            "Write <name of child> here, if x <y and z> 2",
            "Write <name of child> here, if x <y and z> 2",
        ),
        (
            "See :ref:`the list <list>` and `the site <https://x.org>`_.",
            "See the list and the site.",
        ),
        (r"3\. is \*not\* a list", "3. is *not* a list"),
        ("![A picture](x.png)Words[^1]", "Words"),
    ],
)
def test_the_words_without_marks(raw: str, words: str) -> None:
    assert plain(raw) == words


def test_links_and_bold() -> None:
    assert is_only_links("[one](a), [two](b)")
    assert not is_only_links("see [one](a)")
    assert is_all_bold("**Out of hours**")
    assert not is_all_bold("**Out** of **hours**")
