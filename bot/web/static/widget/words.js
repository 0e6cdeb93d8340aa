// What the widget says. Every word is data: phrases.js is made of data/phrases.yaml.

import { PHRASES } from "./phrases.js";

export const WORDS = PHRASES.widget;
export const KINDS = PHRASES.outcomes;
export const NOTICES = PHRASES.notices;
export const REASONS = PHRASES.reasons;

export function remaining(count) {
  const size = Math.abs(count);
  const one = size === 1;
  if (count >= 0) return fill(one ? WORDS.oneLeft : WORDS.left, { count: size });
  return fill(one ? WORDS.oneTooMany : WORDS.tooMany, { count: size });
}

export function newReplies(count) {
  return count === 1 ? WORDS.oneNewReply : fill(WORDS.newReplies, { count });
}

export function question(number) {
  return fill(WORDS.question, { number });
}

export function chooseFrom(count) {
  return fill(WORDS.chooseFrom, { count });
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
