// The place to type: label, hint, count, send.

import { el, uniqueId } from "./dom.js";
import { FORGETFUL } from "./session.js";
import { remaining, WORDS } from "./words.js";

const LIMIT = 2000;
const COUNT_FROM = 0.8 * LIMIT;

// Browsers and add-ins that check or finish what is typed send it to their makers: see
// docs/privacy.md. The pages without scripts have the same in `typed_here.html`.
const STAYS_HERE = {
  autocomplete: "off",
  autocorrect: "off",
  spellcheck: "false",
  writingsuggestions: "false",
  "data-enable-grammarly": "false",
  "data-gramm": "false",
  "data-lt-active": "false",
  "data-ms-editor": "false",
};

// Safari ends a conversion before it tells of the Enter that ended it, and marks that one so.
const CONVERTED = 229;

export class Composer {
  constructor(send) {
    const id = uniqueId("composer");
    this.send = send;
    this.count = el("p", { class: "count", id: `${id}-count` });
    this.counted = el("p", { class: "unseen", role: "status" });
    this.input = el("textarea", {
      id,
      rows: "2",
      ...STAYS_HERE,
      "aria-describedby": `${id}-hint ${id}-count`,
      oninput: () => this.recount(),
      onkeydown: (event) => this.key(event),
    });
    this.button = el("button", { class: "primary" }, WORDS.send);
    this.form = el(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => this.submit(event) },
      el("label", { for: id }, WORDS.label),
      el("p", { class: "hint", id: `${id}-hint` }, WORDS.hint),
      FORGETFUL ? el("p", { class: "hint" }, WORDS.nothingKept) : null,
      el("div", { class: "line" }, this.input, this.button),
      this.count,
      this.counted,
    );
  }

  set invalid(errorId) {
    this.input.setAttribute("aria-invalid", String(Boolean(errorId)));
    if (errorId) this.input.setAttribute("aria-errormessage", errorId);
    else this.input.removeAttribute("aria-errormessage");
  }

  set text(text) {
    this.input.value = text;
    this.recount();
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === CONVERTED) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  submit(event) {
    event.preventDefault();
    this.send(this.input.value.trim());
  }

  recount() {
    const length = [...this.input.value.normalize("NFC")].length;
    const text = length < COUNT_FROM ? "" : remaining(LIMIT - length);
    this.count.textContent = text;
    this.count.classList.toggle("over", length > LIMIT);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => (this.counted.textContent = text), 1000);
  }
}
