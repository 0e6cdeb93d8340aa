"""A passage is shown as a person would set it, in the words that the source has."""

from __future__ import annotations

import pytest

from bot.manage.laid_out import laid_out, opening


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One line.", "<p>One line.</p>"),
        ("Wrapped\nby the file.", "<p>Wrapped by the file.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        (
            "You should:\n\n  • ask;\n  • record\n    what was said.",
            "<p>You should:</p>\n"
            '<ul class="bullets"><li>ask;</li><li>record what was said.</li></ul>',
        ),
        ("* ask\n\n* tell", '<ul class="bullets"><li>ask</li><li>tell</li></ul>'),
        ("•\n\nStranded.", '<ul class="bullets"><li>Stranded.</li></ul>'),
        ("1. ask\n2. tell", '<ul class="numbers"><li>1. ask</li><li>2. tell</li></ul>'),
        ("## Consent ##", "<p><strong>Consent</strong></p>"),
        ("In *The Challenge* of 1995", "<p>In <em>The Challenge</em> of 1995</p>"),
        ("See [the Act](https://x.example/a).", "<p>See the Act.</p>"),
        ("Post | Tracked", '<ul class="cells"><li>Post</li><li>Tracked</li></ul>'),
        ("a < b\n---\nc", "<p>a &lt; b c</p>"),
        ("2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"),
        ("2.2.3\n\nFor those.", "<p>2.2.3</p>\n<p>For those.</p>"),
    ],
)
def test_marks_of_the_file_become_a_layout(text: str, html: str) -> None:
    assert laid_out(text) == html


def test_the_opening_is_one_line_without_marks() -> None:
    assert opening("# Title\n\n- *one* two") == "Title one two"
    assert opening("word " * 40, 20) == "word word word word …"
