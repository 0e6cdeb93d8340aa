// One function for each type of message in the contract.
// `view` gives: choose(option), url(path), after(message) for what follows an answer.
// Whatever the type, the parts of a reply come in one order: what answers, flows, whom to ask.

import { drawContactLines, drawContacts, ringable } from "./contacts.js";
import { el, paragraphs } from "./dom.js";
import { drawAnswers, drawButtons, drawStep, ownOptions } from "./offers.js";
import { drawQuotes } from "./quotes.js";
import { KINDS, question, WORDS } from "./words.js";

const DRAW = {
  text: (message, view) => [
    paragraphs(message.lead || message.text),
    drawButtons(ownOptions(message), view.choose),
    drawOtherReadings(message, view),
  ],

  answer: (message, view) => [
    drawAsked(message),
    paragraphs(message.lead, { class: "lead" }),
    drawQuotes(message.quotes, view.url),
    message.elsewhere && paragraphs(message.elsewhere),
    drawFlows(message, view),
    drawButtons(otherThanFlows(message), view.choose),
    titled(WORDS.whereToAsk, drawContacts(message.where_to_ask)),
    drawOtherReadings(message, view),
    view.after(message),
  ],

  not_covered: (message, view) => [
    drawAsked(message),
    el("p", { class: "kind" }, KINDS.not_covered),
    paragraphs(message.lead || message.text),
    titled(WORDS.whereToAsk, drawContacts(message.where_to_ask)),
    titled(WORDS.relatedQuotes, drawQuotes(message.related, view.url)),
    drawFlows(message, view),
    drawButtons(otherThanFlows(message), view.choose),
    drawOtherReadings(message, view),
    view.after(message),
  ],

  question: (message, view) => [
    el("p", { class: "where" }, place(message.flow)),
    message.options.length ? drawStep(message, view.choose) : paragraphs(message.lead),
    message.why && disclosed(WORDS.why, paragraphs(message.why)),
    drawAnswers(message.answers, view.choose),
    drawButtons(controls(message), view.choose, { class: "offer controls" }),
  ],

  outcome: (message, view) => [
    el("p", { class: "where" }, message.flow.title),
    el("p", { class: "kind" }, KINDS[message.kind]),
    paragraphs(message.lead, { class: "lead" }),
    message.fixed && drawFixed(message.fixed),
    drawQuotes(message.quotes, view.url),
    titled(WORDS.cards, message.cards.map((card) => drawCard(card, view))),
    drawAnswers(message.answers, view.choose),
    drawButtons(message.options, view.choose),
    view.after(message),
  ],

  safety: (message, view) => (message.interrupts ? drawAlarm(message, view) : drawCaution(message)),

  privacy: (message, view) => [
    paragraphs(message.text),
    drawButtons(message.options, view.choose),
  ],
};

export function drawMessage(message, view) {
  const parts = DRAW[message.type](message, view).flat();
  return el("section", { class: ["message", message.type, ...kinds(message)].join(" ") }, parts);
}

function kinds({ kind, confidence, interrupts }) {
  return [kind, confidence === "closest" && "closest", interrupts === false && "caution"].filter(Boolean);
}

// In place of everything else.
function drawAlarm(message, view) {
  return [
    el("p", { class: "kind" }, WORDS.safety),
    paragraphs(message.lead || message.text, { class: "lead" }),
    drawContacts(message.contacts),
    message.after && paragraphs(message.after),
    drawButtons(message.options, view.choose),
  ];
}

// Above the rest of a reply, which has to stay in sight.
function drawCaution(message) {
  return [
    el("p", { class: "lead" }, el("strong", {}, `${WORDS.safety}: `), ...ringable(message.lead)),
    drawContactLines(message.contacts),
  ];
}

function drawAsked(message) {
  return message.asked && el("h4", { class: "asked" }, message.asked);
}

function drawOtherReadings(message, view) {
  const buttons = drawButtons(message.did_you_mean, view.choose, { class: "buttons quiet" });
  return buttons && el("div", { class: "offer" }, el("h4", {}, WORDS.didYouMean), buttons);
}

function drawCard(card, view) {
  if (card.fixed) return drawFixed(card.text);
  const quotes = drawQuotes(card.quotes, view.url);
  const behind = quotes.length ? disclosed(WORDS.behind, quotes) : null;
  return el("div", { class: "card" }, paragraphs(card.text), behind);
}

function drawFixed(text) {
  return el("aside", { class: "fixed" }, paragraphs(text), el("small", {}, WORDS.notFromSources));
}

function drawFlows(message, view) {
  const options = message.related_flows.map(({ id, title }) => ({ id: `start:${id}`, label: title }));
  return titled(WORDS.relatedFlows, drawButtons(options, view.choose, { class: "buttons" }));
}

function otherThanFlows(message) {
  const flows = new Set(message.related_flows.map(({ id }) => `start:${id}`));
  return ownOptions(message).filter(({ id }) => !flows.has(id));
}

// The reason stands on the page already: nobody has to ask for it.
function controls(message) {
  return message.controls.filter(({ id }) => id !== "do:why" || !message.why);
}

function titled(title, content) {
  const parts = [content].flat().filter(Boolean);
  return parts.length ? [el("h4", {}, title), ...parts] : [];
}

function disclosed(title, content) {
  return el("details", {}, el("summary", {}, title), content);
}

function place(flow) {
  return `${flow.title} · ${question(flow.steps_done + 1)}`;
}
