// What the widget says. Every word is data: phrases.js is made of data/phrases.yaml and, where another
// language is asked for, of data/languages.

import * as english from "./phrases.js";

export const ENGLISH = english.SPOKEN;
export const LANGUAGES = english.LANGUAGES;
export const HELP = english.CONTACTS;
export const AREAS = english.AREA_NAMES;
export const NUMBER = new RegExp(english.NUMBER, "g");
export const EMPHASIS = new RegExp(english.EMPHASIS, "g");

export let SPOKEN, WORDS, KINDS, NOTICES, REASONS, TRANSLATION;
take(english);

function take(module) {
  SPOKEN = module.SPOKEN;
  WORDS = module.PHRASES.widget;
  KINDS = module.PHRASES.outcomes;
  NOTICES = module.PHRASES.notices;
  REASONS = module.PHRASES.reasons;
  TRANSLATION = module.PHRASES.translation;
}

// What is drawn from now on is in it. Words that do not come through leave those that are there;
// whether they came.
export async function speak(language) {
  if (language === SPOKEN) return true;
  const words = `./phrases.js?language=${encodeURIComponent(language)}`;
  const module = language === ENGLISH ? english : await import(words).catch(() => null);
  if (module) take(module);
  return module !== null;
}

// What the server says of a problem is in English.
export function languageOf(text) {
  return Object.values(WORDS).includes(text) ? SPOKEN : ENGLISH;
}

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
  const written = new Date(`${day}T00:00:00`).toLocaleDateString([SPOKEN, ENGLISH], {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return fill(WORDS.checked, { day: written });
}

function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
