// The furniture around a conversation: heading, log, status, problems, what ends it.

import { button, el, uniqueId } from "./dom.js";
import { withdraw } from "./offers.js";
import { WORDS } from "./words.js";

export class Frame {
  constructor(client, heading, composer, { remove, leave }) {
    this.composer = composer;
    this.pinned = el("section", { class: "pinned", "aria-label": WORDS.safety, hidden: true });
    this.log = el("div", { class: "log", role: "log", tabindex: "0", "aria-label": WORDS.log });
    this.status = el("div", { class: "status", role: "status" });
    this.problem = el("div", { class: "problem", role: "alert", id: uniqueId("problem") });
    this.dialog = drawDialog(remove);
    this.root = el(
      "section",
      { class: "chat", "aria-label": heading },
      el("header", {}, el("h2", {}, heading)),
      drawPrivacy(client),
      this.pinned,
      this.log,
      this.status,
      this.problem,
      composer.form,
      el(
        "div",
        { class: "tools" },
        button(WORDS.delete, () => this.dialog.showModal()),
        button(WORDS.leave, leave),
      ),
      this.dialog,
    );
  }

  get holdsFocus() {
    return this.log.contains(this.log.getRootNode().activeElement);
  }

  set waiting(waiting) {
    this.status.replaceChildren(waiting ? el("p", { class: "waiting" }, WORDS.waiting) : "");
  }

  // The first words leave the page where it is; later ones come into sight.
  greet(element) {
    this.log.append(element);
  }

  show(element) {
    this.log.append(element);
    element.scrollIntoView({ block: "nearest" });
  }

  // What was on offer is withdrawn; whoever stood on it is led to the reply.
  reply(element) {
    const led = this.holdsFocus;
    withdraw(this.log);
    this.log.append(element);
    if (led) element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "start" });
  }

  // History is drawn in silence: only what is new is read out.
  restore(elements) {
    this.log.setAttribute("aria-live", "off");
    for (const element of elements) {
      if (element.matches(".reply")) withdraw(this.log);
      this.log.append(element);
    }
    requestAnimationFrame(() => this.log.removeAttribute("aria-live"));
  }

  // A safety message stays in sight while the conversation goes on.
  pin(message) {
    const [first] = (message.lead || message.text).split("\n");
    this.pinned.replaceChildren(el("p", {}, el("strong", {}, `${WORDS.safety}: `), first));
    this.pinned.hidden = false;
  }

  complain(text, ...ways) {
    this.problem.replaceChildren(el("h3", {}, WORDS.errorHeading), el("p", {}, text), ...ways);
    this.composer.invalid = this.problem.id;
  }

  clearProblem() {
    this.problem.replaceChildren();
    this.composer.invalid = null;
  }

  tell(text, ...ways) {
    this.status.replaceChildren(el("p", {}, text), ...ways);
  }

  empty() {
    this.log.replaceChildren();
    this.pinned.hidden = true;
    this.clearProblem();
  }
}

function drawPrivacy(client) {
  return el(
    "div",
    { class: "first" },
    el("p", { class: "danger" }, WORDS.danger),
    el(
      "p",
      {},
      WORDS.privacy,
      " ",
      el(
        "a",
        { href: client.url("privacy"), target: "_blank", rel: "noopener" },
        WORDS.privacyLink,
        WORDS.newTab,
      ),
    ),
  );
}

function drawDialog(remove) {
  const title = uniqueId("dialog");
  const close = () => dialog.close();
  const dialog = el(
    "dialog",
    { "aria-labelledby": title },
    el("p", { id: title }, WORDS.deleteSure),
    button(WORDS.deleteNo, close),
    button(WORDS.deleteYes, () => {
      close();
      remove();
    }),
  );
  return dialog;
}
