// What stands below the box until the first question: examples, the ways on, whose text comes first.

import { button, el, uniqueId } from "./dom.js";
import { AREAS, ENGLISH, WORDS } from "./words.js";

export class Start {
  // `area` is the host page's choice of area, which a person may change.
  constructor({ area, ask, pickArea }) {
    this.greeting = el("div", { class: "greeting" });
    this.root = el(
      "div",
      { class: "start" },
      el("h3", {}, WORDS.startersTitle),
      el(
        "ul",
        { class: "buttons starters", lang: ENGLISH },
        WORDS.starters.map((text) => drawStarter(text, ask)),
      ),
      this.greeting,
      AREAS.length > 1 ? drawAreas(area, pickArea) : null,
    );
  }

  greet(element) {
    this.greeting.replaceChildren(element);
    this.root.hidden = false;
  }

  // Once the conversation has begun, the greeting is its first reply; the rest has done its work.
  leave() {
    this.root.hidden = true;
    return this.greeting.firstElementChild;
  }
}

function drawStarter(text, ask) {
  return el("li", {}, button(text, () => ask(text)));
}

function drawAreas(area, pickArea) {
  const id = uniqueId("area");
  const options = [["", WORDS.anyArea], ...AREAS.map(({ id: value, name }) => [value, name])];
  return el(
    "div",
    { class: "area" },
    el("label", { for: id }, WORDS.area),
    el(
      "select",
      { id, onchange: (event) => pickArea(event.target.value || null) },
      options.map(([value, name]) => el("option", { value, selected: value === (area ?? "") }, name)),
    ),
  );
}
