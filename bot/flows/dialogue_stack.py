"""The walks of one conversation, and what each thing a person may do makes of them.

Every method is pure: it returns the next dialogue and what is to be said.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from bot import choices
from bot.flows import match
from bot.flows.match import ReadsOptions
from bot.flows.model import Flow, Flows, Step, StepOption
from bot.flows.responses import AskStep, FlowResponse, QuickReply, TellOutcome, Utterance
from bot.flows.walk import Walk

ASIDE = 5
UNCLEAR = 2


@dataclass(frozen=True)
class Move:
    dialogue: DialogueStack
    responses: tuple[FlowResponse, ...]


@dataclass(frozen=True)
class DialogueStack:
    """`walk` is in hand, open or ended; `aside` holds open walks, the latest last.

    `unclear` counts replies in a row that fitted no option. `offered` is a flow that the
    person was asked whether to change to. `ways` are the choices shown last, when they were
    not the options of the open question: until something else is shown, a typed number or
    label means one of them and never answers the question. `changed` is to be said first: the open
    question is no longer there as it was asked, since another edition of the content is live.
    """

    walk: Walk | None = None
    aside: tuple[Walk, ...] = ()
    unclear: int = 0
    offered: str | None = None
    quick_replies: tuple[QuickReply, ...] = ()
    changed: Utterance | None = None

    def asking(self, flows: Flows) -> Step | None:
        return self.walk.asking(flows) if self.walk else None

    def open_walk(self, flows: Flows) -> Walk | None:
        """The walk in hand, unless it has ended."""
        return self.walk if self.asking(flows) else None

    # Starting, leaving, coming back

    def start(self, flow: str, flows: Flows) -> Move:
        """Begin a flow; with another one open, offer to change to it. Raises KeyError."""
        title = flows[flow].title
        current = self.open_walk(flows)
        if current is None:
            return self._begin(flow, flows)
        if current.flow == flow:
            return self._again(flows, Utterance("already_open", {"title": title}))
        here = flows[current.flow].title
        quick_replies = (
            QuickReply(choices.do("switch"), flows.phrase("switch_label", title=title)),
            QuickReply(choices.do("where"), flows.phrase("stay_label", here=here)),
        )
        remark = Utterance("switch", {"title": title, "here": here}, quick_replies)
        return Move(replace(self._quiet(), offered=flow), (remark,))

    def switch(self, flows: Flows) -> Move:
        """Change to the flow that was offered."""
        if self.offered is None:
            return self.where(flows)
        return self._put_aside(flows)._begin(self.offered, flows)

    def resume(self, flows: Flows) -> Move:
        """Go back to the walk that was set aside last."""
        if not self.aside:
            return self.where(flows)
        return self._put_aside(flows)._begin(self.aside[-1].flow, flows)

    def stop(self, flows: Flows) -> Move:
        walk = self.open_walk(flows)
        if walk is None:
            return self._nothing_open(flows)
        stopped = self._put_aside(flows)
        title = flows[walk.flow].title
        return Move(stopped, (Utterance("stopped", {"title": title}, stopped._ways_on(flows)),))

    def restart(self, flows: Flows) -> Move:
        if self.walk is None:
            return self._nothing_open(flows)
        title = flows[self.walk.flow].title
        return self._on(Walk(self.walk.flow))._again(
            flows, Utterance("restarted", {"title": title})
        )

    def menu(self, flows: Flows) -> Move:
        """Every flow, under its task."""
        return self.suggest(tuple(flows), "menu", flows, grouped=True)

    def suggest(
        self, flow_ids: tuple[str, ...], phrase: str, flows: Flows, grouped: bool = False
    ) -> Move:
        """Flows to choose from, and the open one to carry on with."""
        quick_replies = [
            QuickReply(
                choices.start(each), flows[each].title, flows[each].task if grouped else None
            )
            for each in flow_ids
        ]
        if walk := self.open_walk(flows):
            here = flows[walk.flow].title
            quick_replies.append(
                QuickReply(choices.do("where"), flows.phrase("stay_label", here=here))
            )
        return Move(self._quiet(), (Utterance(phrase, {}, tuple(quick_replies)),))

    # Moving within the walk

    def back(self, flows: Flows) -> Move:
        if self.walk is None:
            return self._nothing_open(flows)
        if self.walk.reopened:
            return self._on(replace(self.walk, reopened=None))._again(flows)
        earlier = self.walk.back(flows)
        if earlier is None:
            return self._again(flows, Utterance("first_question"))
        return self._on(earlier)._again(flows, Utterance("went_back"))

    def why(self, flows: Flows) -> Move:
        step = self.asking(flows)
        if step is None:
            return self._nothing_open(flows)
        return self._again(flows, Utterance("why", {"why": step.why}))

    def where(self, flows: Flows) -> Move:
        if self.walk is None:
            return self._nothing_open(flows)
        title = flows[self.walk.flow].title
        given = self.walk.trace(flows).answered
        if not given:
            return self._again(flows, Utterance("where_start", {"title": title}))
        so_far = "".join(f"\n- {each.step.ask} {each.option.label}" for each in given)
        values = {"title": title, "answers": so_far}
        if self.open_walk(flows) is None:
            return Move(self._quiet(), (Utterance("where_end", values, self._ways_on(flows)),))
        return self._again(flows, Utterance("where", values))

    def ask_again(self, flows: Flows) -> Move:
        """The open question once more, after something else was said."""
        return self._again(flows)

    def unclear_reply(self, flows: Flows, likely: StepOption | None = None) -> Move:
        """A reply that fits no option, or perhaps `likely`: the question again, after two with a
        way out."""
        count = self.unclear + 1
        move = self._again(flows, self._unclear_remark(flows, likely))
        return Move(replace(move.dialogue, unclear=count), move.responses)

    def _unclear_remark(self, flows: Flows, likely: StepOption | None) -> Utterance:
        step = self.asking(flows)
        if self.unclear >= UNCLEAR:
            ways_out = (
                QuickReply(choices.do(command), flows.phrase(f"{command}_label"))
                for command in ("why", "back", "stop")
            )
            return Utterance("way_out", {}, tuple(ways_out))
        if likely and step:
            number = str(step.options.index(likely) + 1)
            return Utterance("perhaps", {"number": number, "answer": likely.label})
        return Utterance("unclear")

    # What was offered last

    def agrees(self, text: str, flows: Flows) -> bool:
        """Whether the words, or the first sentence of them, are a common way to say yes, with
        something on offer."""
        words = match.folded(match.FIRST_SENTENCE.split(text)[0])
        return bool(self.quick_replies) and match.common("Yes", words, flows.answers)

    def declines(self, text: str, flows: Flows) -> bool:
        """Whether the words are a common way to say no, with something on offer."""
        return bool(self.quick_replies) and match.common("No", match.folded(text), flows.answers)

    def which(self) -> Move:
        """A yes to a list: it says nothing of which one."""
        return Move(self, (Utterance("which_one", {}, self.quick_replies),))

    def decline(self, flows: Flows) -> Move:
        """What was offered is not wanted: nothing starts, and an open question is asked again."""
        remark = Utterance("declined")
        if self.asking(flows):
            return self._again(flows, remark)
        return Move(self._quiet(), (remark,))

    def nothing_offered(self, flows: Flows) -> Move:
        """A yes to nothing, with the ways on."""
        return self._nothing_open(flows)

    # Answering

    def quick_reply(self, text: str, flows: Flows) -> str | None:
        """The id of the choice shown last that was typed by its number or label."""
        words = match.folded(text)
        place = match.place_first(text, len(self.quick_replies)) or match.number_last(text)
        if place and place <= len(self.quick_replies):
            return self.quick_replies[place - 1].choice
        if self.quick_replies and self.offered:
            if match.common("Yes", words, flows.answers):
                return choices.do("switch")
            if match.common("No", words, flows.answers):
                return choices.do("where")
        if len(self.quick_replies) == 1 and match.common("Yes", words, flows.answers):
            return self.quick_replies[0].choice
        return next(
            (
                quick_reply.choice
                for quick_reply in self.quick_replies
                if match.folded(quick_reply.label) == words
            ),
            None,
        )

    def say(self, text: str, flows: Flows) -> Move | None:
        """A typed number, label or declared wording; None when it is none of these.

        "Actually" and a wording of one earlier question alone correct that question. A number,
        a yes or a no answers nothing when no question is open.
        """
        step = None if self.quick_replies else self.asking(flows)
        if step and (option := match.said(text, step)):
            return self.choose(step.ref, option.id, flows)
        if self.asking(flows) is None and match.bare(text, flows.answers):
            return self._nothing_open(flows)
        if self.walk and match.CHANGE_CUE.match(match.folded(text)):
            given = [each.step for each in self.walk.trace(flows).answered]
            if amended := match.amended(text, given):
                return self.choose(amended[0].ref, amended[1].id, flows)
        named = match.folded(text)
        flow = next((each for each in flows.values() if match.folded(each.title) == named), None)
        return self.start(flow.id, flows) if flow else None

    def paraphrase(self, text: str, flows: Flows, reads: ReadsOptions) -> Move | None:
        """Words that clearly mean one option; None when they do not."""
        step = None if self.quick_replies else self.asking(flows)
        option = (match.said(text, step) or match.meant(text, step, reads)) if step else None
        if not step or not option:
            return None
        move = self.choose(step.ref, option.id, flows)
        return Move(
            move.dialogue, (Utterance("taken_as", {"answer": option.label}), *move.responses)
        )

    def choose(self, ref: str, option: str, flows: Flows) -> Move:
        """An option of any step: answers the open one, corrects an earlier one."""
        chosen = flows.option(ref, option)
        walk = self.walk
        if walk is None or chosen is None or not walk.may_answer(ref, flows):
            return self._closed(ref, flows)
        step = walk.trace(flows).asking
        if ref in walk.answers and not (step and step.ref == ref):
            return self._correct(walk, ref, chosen, flows)
        return self._answer(walk, ref, chosen, flows)

    def change(self, ref: str, flows: Flows) -> Move:
        """Ask an answered question again; its answer stands until another is given."""
        if self.walk is None or ref not in self.walk.answers:
            return self._closed(ref, flows)
        return self._on(self.walk.reopen(ref))._again(flows, Utterance("reopened"))

    def taken_back(self, text: str) -> str:
        """What follows "actually" and the like, when there is an answer to change."""
        words = match.folded(text)
        cue = match.CHANGE_CUE.match(words)
        return words[cue.end() :] if cue and self.walk and self.walk.answers else ""

    def amend(self, text: str, flows: Flows, reads: ReadsOptions) -> Move:
        """A typed change of mind: made when it clearly means one option, else asked about."""
        given = self.walk.trace(flows).answered if self.walk else ()
        if not given:
            return self._again(flows, Utterance("nothing_to_change"))
        amended = match.amended(text, [each.step for each in given], reads)
        if amended:
            step, option = amended
            return self.choose(step.ref, option.id, flows)
        quick_replies = tuple(
            QuickReply(
                choices.change(each.step.flow, each.step.id), f"{each.step.ask} {each.option.label}"
            )
            for each in given
        )
        return Move(self._quiet(), (Utterance("which_answer", {}, quick_replies),))

    # How it comes about

    def _begin(self, flow: str, flows: Flows) -> Move:
        """Start a flow, or take it up where it was set aside."""
        waiting = next((walk for walk in self.aside if walk.flow == flow), None)
        aside = tuple(walk for walk in self.aside if walk is not waiting)
        remark = Utterance("resumed" if waiting else "began", {"title": flows[flow].title})
        return DialogueStack(waiting or Walk(flow), aside)._again(flows, remark)

    def _answer(self, walk: Walk, ref: str, option: StepOption, flows: Flows) -> Move:
        """The answer taken, the outcomes that it leads to, and the question then open."""
        answered = walk.answer(ref, option.id, flows)
        trace = answered.trace(flows)
        # A correction may leave the end of the path as it was: it is told again.
        outcomes = trace.after(ref) or ((trace.outcome,) if trace.outcome else ())
        told = [TellOutcome(outcome, answered, self._waiting(flows)) for outcome in outcomes]
        asked = [AskStep(trace.asking, answered)] if trace.asking else []
        return Move(self._on(answered), (*told, *asked))

    def _correct(self, walk: Walk, ref: str, option: StepOption, flows: Flows) -> Move:
        values = {"question": flows.step(ref).ask, "answer": option.label}
        if walk.answers.get(ref) == option.id:
            same = self._on(replace(walk, reopened=None))
            return same._again(flows, Utterance("same_answer", values))
        move = self._answer(walk, ref, option, flows)
        return Move(move.dialogue, (Utterance("corrected", values), *move.responses))

    def _again(self, flows: Flows, *remarks: Utterance) -> Move:
        """The remarks, then the open question; or the outcome, when the walk has ended."""
        said: tuple[FlowResponse, ...] = ()
        if self.walk:
            step = self.walk.asking(flows)
            outcome = self.walk.trace(flows).outcome
            if step:
                said = (AskStep(step, self.walk),)
            elif outcome:
                said = (TellOutcome(outcome, self.walk, self._waiting(flows)),)
        return Move(self._quiet(), (*remarks, *said))

    def _closed(self, ref: str, flows: Flows) -> Move:
        """A click on a question that is not on the path: nothing changes."""
        aside = next((walk for walk in self.aside if walk.may_answer(ref, flows)), None)
        if aside:
            title = flows[aside.flow].title
            quick_reply = QuickReply(
                choices.start(aside.flow), flows.phrase("resume_label", title=title)
            )
            remark = Utterance("set_aside", {"title": title}, (quick_reply,))
        elif self.open_walk(flows):
            remark = Utterance("closed")
        else:
            return Move(
                self._quiet(), (Utterance("closed_nothing_open", {}, self._ways_on(flows)),)
            )
        step, walk = self.asking(flows), self.walk
        asked = (AskStep(step, walk),) if step and walk else ()
        return Move(self._quiet(), (remark, *asked))

    def _nothing_open(self, flows: Flows) -> Move:
        return Move(self._quiet(), (Utterance("nothing_open", {}, self._ways_on(flows)),))

    def _ways_on(self, flows: Flows) -> tuple[QuickReply, ...]:
        menu = QuickReply(choices.do("menu"), flows.phrase("menu_label"))
        waiting = self._waiting(flows)
        if waiting is None:
            return (menu,)
        label = flows.phrase("resume_label", title=waiting.title)
        return (QuickReply(choices.do("resume"), label), menu)

    def _waiting(self, flows: Flows) -> Flow | None:
        return flows[self.aside[-1].flow] if self.aside else None

    def _quiet(self) -> DialogueStack:
        """Nothing unclear, nothing on offer."""
        return replace(self, unclear=0, offered=None, quick_replies=(), changed=None)

    def _on(self, walk: Walk) -> DialogueStack:
        return replace(self._quiet(), walk=walk)

    def _put_aside(self, flows: Flows) -> DialogueStack:
        """The open walk joins those set aside; an ended one is let go."""
        walk = self.open_walk(flows)
        rest = [each for each in self.aside if walk is None or each.flow != walk.flow]
        return DialogueStack(None, (*rest, *([walk] if walk else []))[-ASIDE:])

    def to_json(self, flows: Flows) -> dict[str, Any]:
        step = self.asking(flows)
        return {
            "walk": self.walk.to_json() if self.walk else None,
            "asked": step and fingerprint(step),
            "aside": [walk.to_json() for walk in self.aside],
            "unclear": self.unclear,
            "offered": self.offered,
            "ways": [[quick_reply.choice, quick_reply.label] for quick_reply in self.quick_replies],
        }

    @classmethod
    def from_json(cls, value: Any, flows: Flows) -> DialogueStack:
        """An empty dialogue for nothing; walks of flows that are gone are dropped.

        Where another question is open now than the one that was asked, or the same in other words,
        the walk is set aside: what is typed next would answer what nobody has read.
        """
        if not isinstance(value, dict):
            return cls()
        saved = (Walk.from_json(each, flows) for each in value.get("aside") or ())
        aside = tuple(walk for walk in saved if walk)
        walk = Walk.from_json(value.get("walk"), flows)
        changed = _changed(value.get("asked"), walk, flows)
        if walk and changed:
            aside = (*aside, walk)[-ASIDE:]
        offered = value.get("offered")
        return cls(
            walk=None if changed else walk,
            aside=aside,
            unclear=int(value.get("unclear") or 0),
            offered=offered if offered in flows else None,
            quick_replies=tuple(
                QuickReply(choice, label) for choice, label in value.get("ways") or ()
            ),
            changed=changed,
        )


def fingerprint(step: Step) -> str:
    """Of what a person answers: the question and its options, in their order."""
    shown = [step.ref, step.ask, [[option.id, option.label] for option in step.options]]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]


def _changed(asked: Any, walk: Walk | None, flows: Flows) -> Utterance | None:
    """What to say where a question was open and is no longer there as it was asked."""
    if not asked:
        return None
    if walk is None:
        return Utterance("flow_gone")
    step = walk.asking(flows)
    if step and fingerprint(step) == asked:
        return None
    return Utterance("flow_changed", {"title": flows[walk.flow].title})
