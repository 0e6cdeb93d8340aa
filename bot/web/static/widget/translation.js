// What is said where the words stand in another language than English, and the way to the others.

import { ringable } from "./contacts.js";
import { button, el } from "./dom.js";
import { ENGLISH, LANGUAGES, SPOKEN, TRANSLATION, WORDS } from "./words.js";

// Questions are understood in English alone, and danger too: 999 comes first.
export function drawTranslation() {
  if (!TRANSLATION) return null;
  const { askInEnglish, sources, unchecked, uncheckedInEnglish } = TRANSLATION;
  return el(
    "div",
    { class: "translation", role: "note" },
    el("p", {}, el("strong", {}, ...ringable(WORDS.danger))),
    el("p", {}, `${askInEnglish} ${sources}`),
    unchecked &&
      el("p", {}, el("small", {}, `${unchecked} `, el("span", { lang: ENGLISH }, uncheckedInEnglish))),
  );
}

export function drawLanguages(choose) {
  const others = LANGUAGES.filter(({ code }) => code !== SPOKEN);
  return others.map(({ code, name }) =>
    button(name, () => choose(code), { class: "plain language", lang: code }),
  );
}
