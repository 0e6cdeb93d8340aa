// <first-principles-chat>: the element a page embeds. See docs/widget.md.

import { Client } from "./client.js";
import { Conversation } from "./conversation.js";
import { Launcher } from "./launcher.js";
import { chooseLanguage, chosenLanguage } from "./session.js";
import "./unit.js";
import { ENGLISH, speak, SPOKEN, WORDS } from "./words.js";

const NAME = "first-principles-chat";
// This file stands in a folder that is named by its version.
const HOME = new URL("../..", import.meta.url);
const AWAY = "https://www.bbc.co.uk/weather";
const STYLES = ["tokens", "look", "quotes", "replies", "widget", "launcher"].map(read);

async function read(name) {
  const response = await fetch(new URL(`${name}.css`, import.meta.url));
  return new CSSStyleSheet().replace(await response.text());
}

class Chat extends HTMLElement {
  async connectedCallback() {
    const [styles] = await Promise.all([Promise.all(STYLES), speak(chosenLanguage(this.given))]);
    if (this.shadowRoot) {
      this.launcher?.attach();
      return;
    }
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = styles;
    this.draw();
  }

  // The page's language.
  get given() {
    return this.getAttribute("language") ?? ENGLISH;
  }

  async speak(language) {
    if (!(await speak(language))) {
      this.conversation.frame.complain(WORDS.unexpected);
      return;
    }
    chooseLanguage(this.given, language);
    const wasOpen = this.launcher?.panel.open;
    this.draw();
    if (wasOpen) this.launcher.open();
    await this.conversation.open();
    this.shadowRoot.querySelector(".language").focus();
  }

  // In the language that is spoken now. A conversation that was begun goes on.
  draw() {
    this.lang = SPOKEN;
    this.shadowRoot.replaceChildren();
    const before = this.conversation;
    // The page's own words for it are in the page's language.
    const own = SPOKEN === this.given ? this.getAttribute("heading") : null;
    const heading = own ?? WORDS.heading;
    this.conversation = new Conversation(new Client(this.getAttribute("home") ?? HOME), {
      area: this.getAttribute("area"),
      mode: this.getAttribute("mode") ?? "guidance",
      flow: before ? null : this.getAttribute("flow"),
      heading,
      leave: () => top.location.replace(new URL(this.getAttribute("leave") ?? AWAY, location)),
      speak: (language) => this.speak(language),
    });
    if (before) this.conversation.composer.text = before.composer.input.value;
    if (this.hasAttribute("launcher")) {
      this.launcher = new Launcher(this.conversation, heading);
      this.shadowRoot.append(this.launcher.root);
      this.launcher.attach();
    } else {
      this.shadowRoot.append(this.conversation.root);
      this.conversation.open();
    }
  }
}

// Another copy of the script, of this version or another, may have been first.
if (!customElements.get(NAME)) customElements.define(NAME, Chat);

// One chat a page, in the corner unless the page has put the element somewhere.
export async function place(tag) {
  if (document.readyState === "loading") {
    await new Promise((parsed) => document.addEventListener("DOMContentLoaded", parsed));
  }
  if (document.querySelector(NAME)) return;
  const chat = document.createElement(NAME);
  chat.setAttribute("launcher", "");
  const { dataset = {} } = tag ?? ownTag() ?? {};
  for (const [name, value] of Object.entries(dataset)) chat.setAttribute(name, value);
  // Beside the body and not in it: Turbo, htmx and their like exchange the body and keep the rest.
  document.documentElement.append(chat);
}

function ownTag() {
  const { href } = new URL("widget.js", HOME);
  return Array.from(document.scripts).find(({ src }) => src.split("?")[0] === href);
}
