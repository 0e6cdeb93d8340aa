// Somebody to turn to, with a number that a phone can ring.

import { el } from "./dom.js";
import { checked, WORDS } from "./words.js";

const NUMBER = /\b(?:999|101|111|116 ?\d{3}|0\d{2,4} ?\d{3,4} ?\d{3,4})\b/g;

export function drawContacts(contacts) {
  if (!contacts.length) return null;
  return el("ul", { class: "contacts" }, contacts.map(drawContact));
}

function drawContact(contact) {
  const dated = contact.checked_on ? checked(contact.checked_on) : null;
  const small = [WORDS.notFromSources, dated, contact.note].filter(Boolean).join(" ");
  return el(
    "li",
    {},
    el("strong", {}, contact.label),
    el("span", {}, ...ringable(contact.detail)),
    el("small", {}, small),
  );
}

function ringable(text) {
  const parts = [];
  let from = 0;
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    const href = `tel:${number.replaceAll(" ", "")}`;
    parts.push(text.slice(from, index), el("a", { href }, number));
    from = index + number.length;
  }
  return [...parts, text.slice(from)];
}
