// <first-principles-chat>: the element a page embeds. See docs/widget.md.

import { Client } from "./client.js";
import { Conversation } from "./conversation.js";
import { button, el } from "./dom.js";
import "./unit.js";
import { WORDS } from "./words.js";

const HOME = new URL("..", import.meta.url);
const AWAY = "https://www.bbc.co.uk/weather";
const STYLES = ["tokens.css", "look.css", "widget.css"].map(read);

async function read(name) {
  const response = await fetch(new URL(name, import.meta.url));
  return new CSSStyleSheet().replace(await response.text());
}

class Chat extends HTMLElement {
  async connectedCallback() {
    const styles = await Promise.all(STYLES);
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = styles;
    this.lang ||= "en-GB";
    this.conversation = new Conversation(new Client(this.getAttribute("home") ?? HOME), {
      area: this.getAttribute("area"),
      mode: this.getAttribute("mode") ?? "guidance",
      flow: this.getAttribute("flow"),
      heading: this.getAttribute("heading") ?? WORDS.heading,
      leave: () => top.location.replace(new URL(this.getAttribute("leave") ?? AWAY, location)),
    });
    if (this.hasAttribute("launcher")) this.drawLauncher();
    else {
      this.shadowRoot.append(this.conversation.root);
      this.conversation.open();
    }
  }

  drawLauncher() {
    const panel = this.conversation.root;
    const launcher = button(WORDS.launcher, () => show(panel.hidden), {
      class: "launcher",
      "aria-expanded": "false",
    });
    const close = button(WORDS.close, () => show(false), { class: "close" });
    const show = (open) => {
      panel.hidden = !open;
      launcher.setAttribute("aria-expanded", String(open));
      if (open) this.conversation.open().then(() => this.conversation.composer.input.focus());
      else launcher.focus();
    };
    panel.hidden = true;
    panel.classList.add("panel");
    panel.querySelector("header").append(close);
    panel.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && !panel.querySelector("dialog[open]")) show(false);
    });
    this.shadowRoot.append(el("div", { class: "dock" }, launcher, panel));
  }
}

customElements.define("first-principles-chat", Chat);
