// One function for each type of message in the contract.
// `view` gives: choose(option), url(path), after(message) for what follows an answer.

import { drawContacts } from "./contacts.js";
import { el, paragraphs } from "./dom.js";
import { drawAnswers, drawButtons, drawStep } from "./offers.js";
import { drawQuotes } from "./quotes.js";
import { KINDS, question, WORDS } from "./words.js";

const DRAW = {
  text: (message, view) => [
    paragraphs(message.lead || message.text),
    drawButtons(message.options, view.choose),
  ],

  answer: (message, view) => [
    paragraphs(message.lead, { class: "lead" }),
    drawQuotes(message.quotes, view.url),
    drawFlows(message, view),
    drawButtons(otherThanFlows(message), view.choose),
    view.after(message),
  ],

  not_covered: (message, view) => [
    el("p", { class: "kind" }, KINDS.not_covered),
    paragraphs(message.lead || message.text),
    titled(WORDS.whereToAsk, drawContacts(message.where_to_ask)),
    titled(WORDS.relatedQuotes, drawQuotes(message.related, view.url)),
    drawFlows(message, view),
    drawButtons(otherThanFlows(message), view.choose),
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

  safety: (message, view) => [
    el("p", { class: "kind" }, WORDS.safety),
    paragraphs(message.lead || message.text, { class: "lead" }),
    drawContacts(message.contacts),
    message.after && paragraphs(message.after),
    drawButtons(message.options, view.choose),
  ],

  privacy: (message, view) => [
    paragraphs(message.text),
    drawButtons(message.options, view.choose),
  ],
};

export function drawMessage(message, view) {
  const kind = message.kind ? ` ${message.kind}` : "";
  const parts = DRAW[message.type](message, view).flat();
  return el("section", { class: `message ${message.type}${kind}` }, parts);
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
  return message.options.filter(({ id }) => !flows.has(id));
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
