// What the widget says. Every word is data: phrases.js is made of data/phrases.yaml.

import { CONTACTS, AREA_NAMES, PHRASES } from "./phrases.js";

export const WORDS = PHRASES.widget;
export const KINDS = PHRASES.outcomes;
export const NOTICES = PHRASES.notices;
export const REASONS = PHRASES.reasons;
export const STARTERS = PHRASES.widget.starters;
export const HELP = CONTACTS;
export const AREAS = AREA_NAMES;

export function remaining(count) {
  const size = Math.abs(count);
  const one = size === 1;
  if (count >= 0) return fill(one ? WORDS.oneLeft : WORDS.left, { count: size });
  return fill(one ? WORDS.oneTooMany : WORDS.tooMany, { count: size });
}

export function newReplies(count) {
  return count === 1 ? WORDS.oneNewReply : fill(WORDS.newReplies, { count });
}

// Which question it is, and about how many come after it.
export function position({ steps_done: done, steps_left: left }) {
  const number = fill(WORDS.question, { number: done + 1 });
  if (left == null) return number;
  const after = left === 0 ? WORDS.lastQuestion : left === 1 ? WORDS.oneMore : WORDS.aboutMore;
  return `${number}. ${fill(after, { count: left })}`;
}

// Of what to check.
export function more(count) {
  return count === 1 ? WORDS.oneMoreCheck : fill(WORDS.moreChecks, { count });
}

export function about(places) {
  return fill(WORDS.about, { places: places.join(", ") });
}

export function change(questionText) {
  return fill(WORDS.yourAnswerTo, { question: questionText });
}

export function checked(day) {
  const written = new Date(`${day}T00:00:00`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return fill(WORDS.checked, { day: written });
}

function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
