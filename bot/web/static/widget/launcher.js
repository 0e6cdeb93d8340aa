// The button in the corner of a page, and the panel that opens from it.

import { button, el } from "./dom.js";
import { newReplies, WORDS } from "./words.js";

// As wide as a telephone: the panel then takes the whole screen. `launcher.css` says how.
const NARROW = matchMedia("(width <= 40em)");

// Behind a panel that takes the whole screen the page stays where it is.
const STILL = new CSSStyleSheet();
STILL.replaceSync(":root, body { overflow: hidden !important; }");

export class Launcher {
  constructor(conversation, heading) {
    this.conversation = conversation;
    this.missed = 0;
    this.badge = el("span", { class: "badge", hidden: true });
    this.news = el("p", { class: "unseen", role: "status" });
    this.button = button(WORDS.launcher, () => this.open(), {
      class: "launcher",
      "aria-haspopup": "dialog",
    });
    this.button.append(this.badge);
    this.panel = el(
      "dialog",
      {
        class: "panel",
        "aria-label": heading,
        onkeydown: (event) => this.key(event),
        onclose: () => this.closed(),
      },
      conversation.root,
    );
    const close = button(WORDS.close, () => this.panel.close(), { class: "close" });
    this.panel.querySelector("header").append(close);
    this.root = el("div", { class: "dock", popover: "manual" }, this.button, this.panel, this.news);
    NARROW.addEventListener("change", () => this.fit());
    new MutationObserver((changes) => this.arrived(changes)).observe(conversation.frame.log, {
      childList: true,
    });
  }

  // A popover lies over whatever the page holds up, and moves with nothing that it moves. Whoever
  // takes the element out of the page and puts it back closes it.
  attach() {
    if (!this.root.isConnected) return;
    this.root.togglePopover(true);
    this.fit();
  }

  // The box is there before the assistant answers.
  open() {
    this.miss(0);
    this.show();
    this.conversation.open();
    this.conversation.composer.input.focus();
  }

  show() {
    if (NARROW.matches) this.panel.showModal();
    else this.panel.show();
    hold(NARROW.matches);
  }

  closed() {
    // `fit` has opened it again.
    if (this.panel.open) return;
    hold(false);
    this.button.focus();
  }

  // The window was turned or resized: a dialog becomes modal, or ceases to be, by opening again.
  fit() {
    if (!this.panel.open || !this.panel.isConnected) return;
    const inside = Array.from(this.panel.querySelectorAll("dialog[open]"));
    const { activeElement } = this.panel.getRootNode();
    const { scrollTop } = this.panel;
    for (const dialog of [...inside, this.panel]) dialog.close();
    this.show();
    for (const dialog of inside) dialog.showModal();
    activeElement?.focus({ preventScroll: true });
    this.panel.scrollTop = scrollTop;
  }

  key({ key, isComposing }) {
    if (key !== "Escape" || isComposing || this.panel.querySelector("dialog[open]")) return;
    this.panel.close();
  }

  arrived(changes) {
    if (this.panel.open) return;
    const added = changes.flatMap(({ addedNodes }) => Array.from(addedNodes));
    const replies = added.filter((element) => element.matches(".reply"));
    if (replies.length) this.miss(this.missed + replies.length);
  }

  miss(count) {
    this.missed = count;
    const words = count ? newReplies(count) : "";
    this.badge.hidden = !count;
    this.badge.replaceChildren(
      el("span", { "aria-hidden": "true" }, String(count)),
      el("span", { class: "unseen" }, ` ${words}`),
    );
    this.news.textContent = words;
  }
}

function hold(still) {
  const others = document.adoptedStyleSheets.filter((sheet) => sheet !== STILL);
  document.adoptedStyleSheets = still ? [...others, STILL] : others;
}
