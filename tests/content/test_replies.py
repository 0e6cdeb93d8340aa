"""What a policy officer is told of a mistake in the assistant's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.replies import read_replies
from bot.settings import HOME
from knowledge.errors import ContentError

SHIPPED = (HOME / "data" / "replies.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("\ngreet:", "\ngreets:", "unknown key 'greets'"),
        ("\ngreet:", "\ngreet: [", "this is not YAML"),
        ("\ngoodbye:", "\ngreet:", "'greet' is written twice"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    assert was in SHIPPED
    (tmp_path / "replies.yaml").write_text(SHIPPED.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says) as refused:
        read_replies(tmp_path / "replies.yaml")
    assert (refused.value.violations[0].place.line or 0) > 1


def test_a_label_that_is_too_long_is_named(tmp_path: Path) -> None:
    long = SHIPPED.replace("\nmenu_label: ", f"\nmenu_label: {'x' * 60}", 1)
    (tmp_path / "replies.yaml").write_text(long, encoding="utf-8")
    with pytest.raises(ContentError, match="'menu_label' may have 60 characters at most"):
        read_replies(tmp_path / "replies.yaml")
