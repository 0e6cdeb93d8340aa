// Somebody to turn to, with a number that a phone can ring.

import { el } from "./dom.js";
import { checked, ENGLISH, NUMBER, SPOKEN, WORDS } from "./words.js";

const EMERGENCY = "999";

export function drawContacts(contacts) {
  if (!contacts?.length) return null;
  return [
    el("ul", { class: "contacts", lang: ENGLISH }, contacts.map(drawContact)),
    el("small", { lang: SPOKEN }, [WORDS.notFromSources, ...days(contacts)].join(" ")),
  ];
}

// One line each, what is to be said of several of them said once.
export function drawContactLines(contacts) {
  if (!contacts.length) return null;
  const rows = contacts.map(({ label, detail }) => el("li", {}, `${label}: `, ...ringable(detail)));
  return [
    el("ul", { class: "contact-lines", lang: ENGLISH }, rows),
    el("small", { lang: SPOKEN }, WORDS.notFromSources, drawNotes(contacts)),
  ];
}

// The number that comes before all others, as one large link.
export function drawCall() {
  return el("a", { class: "call", href: `tel:${EMERGENCY}`, lang: SPOKEN }, WORDS.call999);
}

export function named999(text) {
  return text.includes(EMERGENCY);
}

// That link, where it is one of them, and those left.
export function drawEmergency(contacts) {
  const isEmergency = ({ detail }) => detail.trim() === EMERGENCY;
  const call = contacts.some(isEmergency) ? drawCall() : null;
  return { call, others: contacts.filter((contact) => !isEmergency(contact)) };
}

function drawNotes(contacts) {
  const labels = new Map();
  for (const { label, note } of contacts) {
    if (note) labels.set(note, [...(labels.get(note) ?? []), label]);
  }
  const notes = Array.from(labels, ([note, whose]) => `${whose.join("; ")}: ${note}`);
  return notes.length ? el("span", { lang: ENGLISH }, ` ${notes.join(" ")}`) : null;
}

// Said once where all were checked on one day, as they mostly are.
function days(contacts) {
  const found = new Set(contacts.map((contact) => contact.checked_on).filter(Boolean));
  return found.size === 1 ? [checked([...found][0])] : [];
}

function drawContact(contact, _, contacts) {
  const dated = contact.checked_on && !days(contacts).length ? checked(contact.checked_on) : null;
  const small = [
    dated && el("span", { lang: SPOKEN }, `${dated} `),
    contact.note,
  ].filter(Boolean);
  return el(
    "li",
    {},
    el("strong", {}, contact.label),
    el("span", {}, ...ringable(contact.detail)),
    small.length > 0 && el("small", {}, small),
  );
}

export function ringable(text) {
  const parts = [];
  let from = 0;
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    const href = `tel:${number.replaceAll(" ", "")}`;
    parts.push(text.slice(from, index), el("a", { href }, number));
    from = index + number.length;
  }
  return [...parts, text.slice(from)];
}
