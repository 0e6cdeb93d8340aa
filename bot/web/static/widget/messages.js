// One function for each type of message in the contract.
// A message has its language, and whatever WORDS say in it has theirs: `SPOKEN`.
// `view` gives: choose(option), url(path), link(flow) to show a step or result to somebody,
// seen (what this reply has said to check), after(message) for what follows an answer,
// nextQuestion(), where the reply asks one below, to go there.
// Whatever the type, the parts of a reply come in one order: what answers, what to check about it,
// flows, whom to ask.

import { drawChecks } from "./checks.js";
import {
  drawCall,
  drawContactLines,
  drawContacts,
  drawEmergency,
  named999,
  ringable,
} from "./contacts.js";
import { button, el, paragraphs } from "./dom.js";
import { drawAnswers, drawButtons, drawGiven, drawStep, ownOptions } from "./offers.js";
import { drawFolded, drawPassages } from "./quotes.js";
import { ENGLISH, KINDS, position, SPOKEN, WORDS } from "./words.js";

const DRAW = {
  text: (message, view) => [
    paragraphs(message.lead || message.text),
    drawButtons(ownOptions(message), view.choose),
    drawOtherReadings(message, view),
  ],

  answer: (message, view) => [
    drawAsked(message),
    drawOpening(message),
    drawPassages(message.quotes, view.url, message.provenance),
    message.difference && paragraphs(message.difference),
    drawChecks(message.checks, view.seen),
    message.elsewhere && paragraphs(message.elsewhere),
    drawFlows(message, view),
    drawButtons(otherThanFlows(message), view.choose),
    titled(WORDS.whereToAsk, drawContacts(message.where_to_ask)),
    drawOtherReadings(message, view),
    view.after(message),
  ],

  not_covered: (message, view) => [
    drawAsked(message),
    el("h4", { class: "kind", lang: SPOKEN }, KINDS.not_covered),
    paragraphs(message.lead || message.text),
    titled(WORDS.whereToAsk, drawContacts(message.where_to_ask)),
    titled(WORDS.relatedQuotes, drawFolded(message.related, view.url)),
    drawChecks(message.checks, view.seen),
    drawFlows(message, view),
    drawButtons(otherThanFlows(message), view.choose),
    drawOtherReadings(message, view),
    view.after(message),
  ],

  question: (message, view) => [
    el("p", { class: "where" }, message.flow.title),
    el("p", { class: "progress", lang: SPOKEN }, position(message.flow)),
    message.options.length ? drawStep(message, view.choose) : paragraphs(message.lead),
    message.why && disclosed(WORDS.why, paragraphs(message.why)),
    drawGiven(message.answers, view.choose),
    el(
      "div",
      { class: "offer controls" },
      drawButtons(controls(message), view.choose, { class: "buttons quiet" }),
      drawLink(message.flow, view, WORDS.linkStep),
    ),
  ],

  outcome: (message, view) => [
    saysToAct(message) && drawAct(message.fixed),
    el(
      "div",
      { class: `verdict ${message.kind}` },
      el("p", { class: "where" }, message.flow.title),
      el("p", { class: "kind", lang: SPOKEN }, KINDS[message.kind]),
      message.verdict
        ? [
            el("h4", { class: "says" }, message.verdict),
            message.decides && paragraphs(message.decides, { class: "decides" }),
          ]
        : paragraphs(message.lead, { class: "says" }),
    ),
    view.nextQuestion && drawOnward(view.nextQuestion),
    message.fixed && !saysToAct(message) && drawFixed(message.fixed),
    drawChecks(message.checks, view.seen),
    titled(WORDS.grounds, drawFolded(message.quotes, view.url)),
    drawCards(message, view),
    drawAnswers(message.answers, view.choose),
    view.after(message),
    el(
      "div",
      { class: "controls" },
      drawButtons(message.options, view.choose, { class: "offer buttons quiet" }),
      message.final && drawLink(message.flow, view, WORDS.linkResult),
    ),
  ],

  safety: (message, view) => (message.interrupts ? drawAlarm(message, view) : drawCaution(message)),

  privacy: (message, view) => [
    paragraphs(message.text),
    drawButtons(message.options, view.choose),
  ],
};

export function drawMessage(message, view) {
  const parts = DRAW[message.type](message, view);
  const names = ["message", message.type, ...kinds(message)].join(" ");
  return el("section", { class: names, lang: message.language ?? ENGLISH }, parts);
}

function kinds({ kind, confidence, interrupts }) {
  return [kind, confidence === "closest" && "closest", interrupts === false && "caution"].filter(Boolean);
}

// What is kept from before `opening` was told apart stands whole above the quotations.
function drawOpening({ opening, provenance, lead }) {
  const words = provenance ? opening : lead;
  return words && paragraphs(words, { class: "lead" });
}

// In place of everything else: the number, then the words.
function drawAlarm(message, view) {
  const { call, others } = drawEmergency(message.contacts);
  const [first, ...rest] = (message.lead || message.text).split("\n");
  return [
    el(
      "div",
      { class: "alarm" },
      el("h4", { class: "says" }, first),
      call,
      rest.filter(Boolean).map((line) => el("p", {}, ...ringable(line))),
    ),
    drawContacts(others),
    message.after && el("p", {}, ...ringable(message.after)),
    drawButtons(message.options, view.choose, { class: "offer buttons quiet" }),
  ];
}

// Above the rest of a reply, which has to stay in sight.
function drawCaution(message) {
  return [
    el("p", { class: "lead" }, el("strong", { lang: SPOKEN }, `${WORDS.safety}: `), ...ringable(message.lead)),
    drawContactLines(message.contacts),
  ];
}

function drawAsked(message) {
  return message.asked && el("h4", { class: "asked" }, message.asked);
}

function drawOtherReadings(message, view) {
  const buttons = drawButtons(message.did_you_mean, view.choose, { class: "buttons quiet" });
  return buttons && el("div", { class: "offer" }, el("h4", { lang: SPOKEN }, WORDS.didYouMean), buttons);
}

// A card that is not from the sources is something to check, and stands there.
function drawCards(message, view) {
  const cards = message.cards.filter(({ fixed }) => !fixed);
  if (!cards.length) return null;
  return disclosed(
    WORDS.cards,
    el("ul", { class: "advice" }, cards.map((card) => el("li", {}, drawCard(card, view)))),
  );
}

function drawCard(card, view) {
  return [paragraphs(card.text), drawFolded(card.quotes, view.url)];
}

// 999 comes before the verdict, too.
function saysToAct({ kind, fixed }) {
  return kind === "safety" && Boolean(fixed);
}

function drawAct(text) {
  const [, first, rest] = text.match(/^(.*?[.?]) *([^]*)$/) ?? [text, text, ""];
  return el(
    "div",
    { class: "alarm" },
    el("h4", { class: "says" }, first),
    named999(text) ? drawCall() : null,
    rest && el("p", {}, ...ringable(rest)),
    el("small", { lang: SPOKEN }, WORDS.notFromSources),
  );
}

function drawFixed(text) {
  return el("aside", { class: "fixed" }, paragraphs(text), el("small", { lang: SPOKEN }, WORDS.notFromSources));
}

function drawFlows(message, view) {
  const options = message.related_flows.map(({ id, title }) => ({ id: `start:${id}`, label: title }));
  return titled(WORDS.relatedFlows, drawButtons(options, view.choose, { class: "buttons" }));
}

function otherThanFlows(message) {
  const flows = new Set(message.related_flows.map(({ id }) => `start:${id}`));
  return ownOptions(message).filter(({ id }) => !flows.has(id));
}

// The reason stands on the page already, and before the first question there is nothing.
function controls({ controls: all, why, flow }) {
  const idle = new Set([why && "do:why", !flow.steps_done && "do:back"]);
  return all.filter(({ id }) => !idle.has(id));
}

// A walk that goes on asks below the grounds, out of sight.
function drawOnward(nextQuestion) {
  return el("p", { class: "offer" }, button(WORDS.nextQuestion, nextQuestion, { class: "plain", lang: SPOKEN }));
}

// To show a colleague the same step or result, without anybody's answers.
function drawLink(flow, view, label) {
  return button(label, () => view.link(flow), { class: "plain", lang: SPOKEN });
}

function titled(title, content) {
  const parts = [content].flat().filter(Boolean);
  return parts.length ? [el("h4", { lang: SPOKEN }, title), ...parts] : [];
}

function disclosed(title, content) {
  return el("details", {}, el("summary", { lang: SPOKEN }, title), content);
}
