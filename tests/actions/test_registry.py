from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import yaml

from actions.registry import every_action
from bot.induction.tutor import Tutor
from bot.settings import HOME
from knowledge import Knowledge, Library


def test_every_action_of_the_domain_is_there_and_no_other() -> None:
    domain = yaml.safe_load((HOME / "domain.yml").read_text("utf-8"))
    encoder = SimpleNamespace(encode=None)
    knowledge = cast(Knowledge, SimpleNamespace(quote=Library.read().quote, encoder=encoder))
    tutor = cast(Tutor, SimpleNamespace())
    names = [action.name for action in every_action(knowledge, HOME / "data", tutor)]
    assert sorted(names) == sorted(domain["actions"])
