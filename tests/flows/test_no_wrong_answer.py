"""Whatever is clicked or typed, in whatever order: only what was meant is ever recorded."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.flows import DialogueStack, Move
from bot.settings import HOME
from tests.flows import by_hand
from tests.shipped import FLOWS

DATA = HOME / "data"
STEPS = [step for flow in FLOWS.values() for step in flow.steps.values()]
CLICKS = st.sampled_from(STEPS).flatmap(
    lambda step: st.tuples(st.just(step.ref), st.sampled_from([each.id for each in step.options]))
)
SHARED = yaml.load((DATA / "flows_shared.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)


def plain(text: str) -> str:
    """Lower case, letters and digits alone, no apostrophe: a reading of one's own."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", re.sub("['’`]", "", text)))


@cache
def wordings(ref: str) -> list[tuple[str, str]]:
    """What the files say that a person may type for each option of the step, and the option."""
    flow, _, step = ref.partition("/")
    file = by_hand.file(flow)
    return [
        (plain(said), option["id"])
        for option in file["steps"][step]["options"]
        for said in (
            option["label"],
            *option.get("also", []),
            *file.get("answers", {}).get(option["label"], []),
            *SHARED["answers"].get(option["label"], []),
        )
    ]


def place_of(text: str) -> int | None:
    """A bare number, with at most a full stop or a bracket behind it."""
    found = re.fullmatch(r"(\d{1,2})[.)]?", text.strip())
    return int(found[1]) if found else None


SAID = st.sampled_from([said for step in STEPS for said, _ in wordings(step.ref)])
COMMANDS = (
    DialogueStack.back,
    DialogueStack.why,
    DialogueStack.where,
    DialogueStack.stop,
    DialogueStack.restart,
    DialogueStack.resume,
    DialogueStack.switch,
    DialogueStack.unclear_reply,
    DialogueStack.menu,
)


class Clicking(RuleBasedStateMachine):
    """`meant` is what the person has answered, step by step, and never taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.dialogue = DialogueStack()
        self.meant: dict[str, set[str]] = {}

    def take(self, move: Move) -> None:
        assert move.responses
        self.dialogue = DialogueStack.from_json(move.dialogue.to_json(FLOWS), FLOWS)

    @rule(flow=st.sampled_from(sorted(FLOWS)))
    def start(self, flow: str) -> None:
        self.take(self.dialogue.start(flow, FLOWS))

    @rule(click=CLICKS)
    def click(self, click: tuple[str, str]) -> None:
        self.meant.setdefault(click[0], set()).add(click[1])
        self.take(self.dialogue.choose(*click, FLOWS))

    @rule(place=st.integers(0, 9))
    def answer(self, place: int) -> None:
        """The open question, by a number that may be out of range."""
        step = self.dialogue.asking(FLOWS)
        move = self.dialogue.say(str(place), FLOWS)
        if step is None:
            assert move
            assert move.dialogue.walk == self.dialogue.walk
            return
        if not 1 <= place <= len(step.options):
            assert move is None
            return
        assert move
        self.meant.setdefault(step.ref, set()).add(step.options[place - 1].id)
        self.take(move)

    @rule(text=st.one_of(st.text(max_size=12), SAID))
    def babble(self, text: str) -> None:
        """What is taken for an answer is held against the wordings of the file, read by hand."""
        step = self.dialogue.asking(FLOWS)
        move = self.dialogue.say(text, FLOWS)
        if move and step and move.dialogue.walk:
            taken = move.dialogue.walk.answers[step.ref]
            may_be = {option for said, option in wordings(step.ref) if said == plain(text)}
            by_number = place_of(text)
            if by_number is not None:
                may_be.add(step.options[by_number - 1].id)
            assert taken in may_be, (step.ref, text)
            self.meant.setdefault(step.ref, set()).add(taken)
            self.take(move)

    @rule(ref=st.sampled_from([step.ref for step in STEPS]))
    def change(self, ref: str) -> None:
        self.take(self.dialogue.change(ref, FLOWS))

    @rule(command=st.sampled_from(COMMANDS))
    def command(self, command: object) -> None:
        before = self.dialogue.walk
        self.take(command(self.dialogue, FLOWS))  # type: ignore[operator]
        if before and self.dialogue.walk and self.dialogue.walk.flow == before.flow:
            assert self.dialogue.walk.answers.items() <= before.answers.items()

    @rule(junk=st.sampled_from(["step:x", "gone/s1", "", "share_without_consent", "a/b/c"]))
    def malformed(self, junk: str) -> None:
        before = self.dialogue.walk
        self.take(self.dialogue.choose(junk, "yes", FLOWS))
        assert self.dialogue.walk == before

    @invariant()
    def only_what_was_meant_is_recorded(self) -> None:
        for walk in (self.dialogue.walk, *self.dialogue.aside):
            if walk:
                for ref, option in walk.answers.items():
                    assert option in self.meant[ref]

    @invariant()
    def what_is_recorded_is_one_path(self) -> None:
        for walk in (self.dialogue.walk, *self.dialogue.aside):
            if walk:
                assert walk == walk.pruned(FLOWS)
                on_path = [each.step.ref for each in walk.trace(FLOWS).answered]
                assert on_path == list(walk.answers)


Clicking.TestCase.settings = settings(max_examples=40, stateful_step_count=50, deadline=None)
TestClicking = Clicking.TestCase
