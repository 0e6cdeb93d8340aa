// The furniture around a conversation: heading, help, log, status, problems, what ends it.

import { ringable } from "./contacts.js";
import { button, el, uniqueId } from "./dom.js";
import { drawHelp } from "./help.js";
import { withdraw } from "./offers.js";
import { drawLanguages, drawTranslation } from "./translation.js";
import { languageOf, SPOKEN, WORDS } from "./words.js";

// A bubble that is taller than this part of the window would push its own reply out of sight.
const TALL = 0.3;

export class Frame {
  constructor(client, heading, composer, start, { remove, leave, speak }) {
    this.composer = composer;
    this.start = start;
    this.pinned = el("section", { class: "pinned", "aria-label": WORDS.safety, hidden: true });
    this.log = el("div", { class: "log", role: "log", tabindex: "-1", "aria-label": WORDS.log });
    this.status = el("div", { class: "status", role: "status" });
    this.problem = el("div", { class: "problem", role: "alert", id: uniqueId("problem") });
    this.dialog = drawDialog(remove);
    this.languages = drawLanguages(speak);
    this.stays = false;
    this.root = el(
      "section",
      { class: "chat", "aria-label": heading },
      el("div", { class: "head" }, el("header", {}, el("h2", {}, heading), drawHelp()), this.pinned),
      drawTranslation(),
      this.log,
      el("div", { class: "foot" }, this.status, this.problem, composer.form),
      start.root,
      drawPrivacy(client),
      el(
        "div",
        { class: "tools" },
        button(WORDS.delete, () => this.askToDelete(), { class: "plain" }),
        button(WORDS.leave, leave, { class: "plain" }),
        this.languages,
      ),
      this.dialog,
    );
    addEventListener("beforeprint", () => unfold(this.log));
    this.log.addEventListener("toggle", ({ target }) => follow(target), { capture: true });
  }

  // Whoever presses Enter at once keeps what they have.
  askToDelete() {
    this.dialog.showModal();
    this.dialog.querySelector("button:last-child").focus();
  }

  get holdsFocus() {
    const { activeElement } = this.log.getRootNode();
    return this.log.contains(activeElement) || this.start.root.contains(activeElement);
  }

  // In another language all is drawn again: not while something is under way that would be lost.
  set waiting(waiting) {
    for (const language of this.languages) language.disabled = waiting || this.stays;
    this.status.replaceChildren(waiting ? el("p", { class: "waiting" }, WORDS.waiting) : "");
  }

  // The first words stand below the box, which comes first. Somebody may have typed before them.
  greet(element) {
    if (this.hasBegun) this.restore([element]);
    else this.start.greet(element);
  }

  get hasBegun() {
    return this.log.childElementCount > 0;
  }

  show(element) {
    this.begin();
    this.keepPinned();
    this.log.append(element);
    element.scrollIntoView({ block: "nearest" });
  }

  // The greeting goes to where the conversation is, in silence: it has been read. Whether it went.
  begin() {
    const led = this.start.root.contains(this.log.getRootNode().activeElement);
    const greeting = this.start.leave();
    this.log.tabIndex = 0;
    if (greeting) {
      withdraw(greeting);
      this.restore([greeting]);
    }
    if (led) this.log.focus({ preventScroll: true });
    return Boolean(greeting);
  }

  // What was on offer is withdrawn; whoever stood on it is led to the reply.
  reply(element) {
    // What comes in the same frame as the greeting would be as silent.
    if (this.begin()) requestAnimationFrame(() => this.reply(element));
    else this.add(element);
  }

  add(element) {
    const led = this.holdsFocus;
    withdraw(this.log);
    this.log.append(element);
    if (led) element.focus({ preventScroll: true });
    bringIntoView(element);
  }

  // History is drawn in silence, before whatever was said since: only what is new is read out.
  restore(elements) {
    const isOpen = (element) => element === elements.at(-1) && !this.hasBegun;
    for (const element of elements) if (!isOpen(element)) withdraw(element);
    this.log.setAttribute("aria-live", "off");
    this.log.prepend(...elements);
    requestAnimationFrame(() => this.log.removeAttribute("aria-live"));
  }

  // A reload goes on at the last reply.
  goOn(elements) {
    this.begin();
    this.restore(elements);
    const last = this.log.lastElementChild;
    if (!last.querySelector(".alarm")) this.keepPinned();
    requestAnimationFrame(() => bringIntoView(last));
  }

  // A safety message stays in sight once the conversation goes on from it.
  pin(message) {
    const [first] = (message.lead || message.text).split("\n");
    const safety = el("strong", { lang: SPOKEN }, `${WORDS.safety}: `);
    this.toPin = el("p", { lang: message.language }, safety, ...ringable(first));
  }

  keepPinned() {
    if (!this.toPin) return;
    this.pinned.replaceChildren(this.toPin);
    this.pinned.hidden = false;
  }

  complain(text, ...ways) {
    this.problem.replaceChildren(el("h3", {}, WORDS.errorHeading), told(text), ...ways);
    this.composer.invalid = this.problem.id;
    this.problem.scrollIntoView({ block: "nearest" });
  }

  clearProblem() {
    this.problem.replaceChildren();
    this.composer.invalid = null;
  }

  // All that was said is gone, and the ways to begin are there again.
  end(text, greeting) {
    this.empty();
    if (greeting) this.start.greet(greeting);
    const words = el("p", { class: "reply", tabindex: "-1" }, text);
    this.log.append(words);
    words.focus();
  }

  tell(text, ...ways) {
    this.status.replaceChildren(told(text), ...ways);
    this.status.scrollIntoView({ block: "nearest" });
  }

  // Nothing was said: the examples are there again.
  empty() {
    this.start.leave()?.remove();
    this.start.root.hidden = false;
    this.log.replaceChildren();
    this.pinned.hidden = true;
    this.toPin = null;
    this.stays = false;
    this.clearProblem();
  }
}

// The top of the reply, with what was said above it where that leaves the reply in sight. 999 stands
// at the top alone.
function bringIntoView(reply) {
  const said = reply.previousElementSibling;
  const short = said?.matches(".said") && said.offsetHeight < TALL * innerHeight;
  const alarms = reply.querySelector(".alarm");
  (short && !alarms ? said : reply).scrollIntoView({ block: "start" });
}

// What was opened below is brought up from behind the box, unless its reader has gone on.
function follow(details) {
  const { activeElement } = details.getRootNode();
  if (details.open && details.contains(activeElement)) details.scrollIntoView({ block: "nearest" });
}

function told(text) {
  return el("p", { lang: languageOf(text) }, text);
}

// Paper has nothing to tap.
function unfold(log) {
  for (const details of log.querySelectorAll("details")) details.open = true;
}

function drawPrivacy(client) {
  return el(
    "p",
    { class: "privacy-note" },
    WORDS.privacy,
    " ",
    el(
      "a",
      { href: client.url("privacy"), target: "_blank", rel: "noopener" },
      WORDS.privacyLink,
      WORDS.newTab,
    ),
  );
}

function drawDialog(remove) {
  const title = uniqueId("dialog");
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    { "aria-labelledby": title },
    el("h3", { id: title }, WORDS.deleteSure),
    el(
      "div",
      { class: "buttons" },
      button(
        WORDS.deleteYes,
        () => {
          close();
          remove();
        },
        { class: "danger" },
      ),
      button(WORDS.deleteNo, close),
    ),
  );
  return dialog;
}
