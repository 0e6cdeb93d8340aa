// One conversation on a page: begin or restore it, take turns, end it.

import { drawFeedback, drawRecord } from "./afterwards.js";
import { Problem } from "./client.js";
import { Composer } from "./composer.js";
import { button, el, unseen } from "./dom.js";
import { Frame } from "./frame.js";
import { drawMessage } from "./messages.js";
import { offers } from "./offers.js";
import { Session } from "./session.js";
import { Start } from "./start.js";
import { drawWays } from "./ways.js";
import { ENGLISH, SPOKEN, WORDS } from "./words.js";

const RATED = new Set(["answer", "not_covered"]);

export class Conversation {
  constructor(client, { heading, area, mode, flow, leave, speak }) {
    this.client = client;
    this.kind = { area, mode };
    this.flow = flow;
    this.depart = leave;
    this.store = new Session(`${client.home} ${mode}`);
    this.acts = 0;
    this.ending = false;
    this.composer = new Composer((text) => this.type(text));
    const start = new Start({
      area,
      ask: (text) => this.type(text),
      pickArea: (chosen) => this.pickArea(chosen),
    });
    this.frame = new Frame(client, heading, this.composer, start, {
      remove: () => this.attempt(() => this.forget()),
      leave: () => this.leave(),
      speak,
    });
    this.root = this.frame.root;
  }

  // Resolves once the conversation stands on the page, or its problem does.
  open() {
    this.opened ??= this.attempt(() => this.restoreOrBegin());
    return this.opened;
  }

  async restoreOrBegin() {
    this.session = this.store.get();
    if (this.session) {
      this.restore(await this.client.read(this.session));
    } else {
      await this.greet();
    }
    if (this.flow && arrived()) await this.exchange({ choice: `start:${this.flow}` }, newKey());
  }

  restore({ turns }) {
    const labels = new Map();
    const drawn = turns.flatMap(({ turn, said, choice, messages }) => {
      const words = said ?? labels.get(choice);
      for (const { id, label } of messages.flatMap(offers)) labels.set(id, label);
      const reply = this.drawReply(messages, turn);
      return words ? [drawSaid(words), reply] : [reply];
    });
    this.greeting = turns[0]?.messages;
    if (turns.length < 2) this.frame.greet(drawn.at(-1));
    else this.frame.goOn(drawn);
  }

  async greet() {
    const { messages } = await this.begin();
    this.greeting = messages;
    this.frame.greet(this.drawReply(messages));
  }

  // Another area's document comes first: a conversation that nothing was said in is begun anew.
  pickArea(area) {
    this.kind.area = area;
    this.attempt(async () => {
      await this.beginning?.catch(() => null);
      if (this.frame.hasBegun) return;
      const { session } = this;
      this.end();
      if (session) await this.client.forget(session);
      if (!this.session) await this.greet();
    });
  }

  // One conversation, whoever asks for it first.
  begin() {
    this.beginning ??= this.begun().finally(() => (this.beginning = null));
    return this.beginning;
  }

  async begun() {
    const begun = await this.client.begin(this.kind);
    this.session = this.store.set(begun);
    return begun;
  }

  type(text) {
    if (text) this.take({ text }, text);
    else this.frame.complain(WORDS.nothingTyped);
  }

  choose = ({ id, label }) => this.take({ choice: id }, label);

  // Words wait for no reply: they may tell of danger, or go on with what was just said.
  // A retry carries the same key, so that no message is answered twice.
  take(body, said) {
    if (body.text ? this.ending : this.acts) return;
    this.unsent?.remove();
    const shown = drawSaid(said);
    this.frame.show(shown);
    if (body.text) this.composer.text = "";
    const key = newKey();
    this.attempt(() => this.exchange(body, key), shown);
  }

  async exchange(body, key) {
    const { turn, messages } = await this.answered(body, key);
    this.frame.reply(this.drawReply(messages, turn));
  }

  // Danger is answered without a conversation, so also where none can be begun, or not soon.
  async answered(said, key) {
    const body = { ...said, language: SPOKEN };
    if (!this.session) {
      const beginning = this.begin();
      await Promise.race([beginning.catch(() => null), after(SOON_MS)]);
      if (!this.session) {
        const safety = await this.client.send(NOBODY, body, key).catch(() => null);
        // Kept nowhere, it would be lost if all were drawn again.
        if (safety) {
          this.frame.stays = true;
          return safety;
        }
        await beginning;
      }
    }
    return this.client.send(this.session, body, key);
  }

  // `shown` is what was said, where the act is to have it answered.
  async attempt(act, shown = null) {
    this.acts += 1;
    this.frame.waiting = true;
    this.frame.clearProblem();
    this.unsent = null;
    try {
      await act();
      this.done();
    } catch (problem) {
      this.done();
      this.unsent = shown;
      this.fail(problem, () => this.attempt(act, shown));
    }
  }

  done() {
    this.acts -= 1;
    this.frame.waiting = this.acts > 0;
  }

  fail(problem, again) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.over) {
      this.end();
      this.frame.complain(WORDS.ended, button(WORDS.startAgain, () => this.restart()));
    } else if (problem.status === 422) {
      this.frame.complain(problem.message);
      this.takeBack();
    } else {
      this.frame.complain(problem.message, drawWays(problem, this.client, again));
    }
  }

  // What was refused returns to the box, to be put otherwise.
  takeBack() {
    if (!this.unsent) return;
    const words = this.unsent.querySelector(".words").textContent;
    this.composer.text = [words, this.composer.input.value].filter(Boolean).join("\n");
    this.unsent.remove();
    this.unsent = null;
  }

  async forget() {
    this.ending = true;
    try {
      if (this.session) await this.client.forget(this.session);
    } finally {
      this.ending = false;
    }
    this.end();
    // Nothing is begun again before somebody says something.
    this.frame.end(WORDS.deleted, this.greeting && this.drawReply(this.greeting));
  }

  // Nobody waits here to hear whether it was removed; what was not expires.
  leave() {
    if (this.session) this.client.forget(this.session).catch(() => null);
    this.end();
    this.frame.empty();
    this.depart();
  }

  end() {
    this.store.clear();
    this.session = null;
    this.unsent = null;
  }

  async restart() {
    this.frame.empty();
    await this.attempt(() => this.greet());
    this.composer.input.focus();
  }

  drawReply(messages, turn) {
    const rated = turn && messages.findLast((message) => RATED.has(message.type) || message.final);
    const view = {
      choose: this.choose,
      url: (path) => this.client.url(path),
      link: (flow) => this.copyLink(flow),
      seen: new Set(),
      nextQuestion: messages.some(({ type }) => type === "question") ? () => goToQuestion(reply) : null,
      after: (message) => [
        message.final ? this.drawRecord(turn) : null,
        message === rated ? this.drawFeedback(turn) : null,
      ],
    };
    for (const message of messages) if (message.interrupts) this.frame.pin(message);
    const reply = el(
      "div",
      { class: "reply", role: "group", tabindex: "-1", "aria-label": WORDS.reply },
      messages.map((message) => drawMessage(message, view)),
    );
    return reply;
  }

  // It shows the step or the result, and nobody's answers.
  async copyLink({ id, step }) {
    const link = this.client.url(`flows/${id}/${step}`);
    try {
      await navigator.clipboard.writeText(link);
      this.frame.tell(WORDS.linkCopied);
    } catch {
      this.frame.tell(WORDS.linkShown, el("a", { href: link }, link));
    }
  }

  drawRecord(turn) {
    return drawRecord(this.client, this.session, turn, (text) => this.frame.tell(text));
  }

  drawFeedback(turn) {
    const { session } = this;
    return drawFeedback((rating, reason) => this.client.feedback(session, turn, rating, reason));
  }
}

const NOBODY = { id: "none", token: "" };

// Longer than beginning takes on a busy day, and not long for somebody in danger.
const SOON_MS = 2000;

function after(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

function drawSaid(text) {
  return el("h3", { class: "said" }, unseen(WORDS.youSaid), el("span", { class: "words", lang: ENGLISH }, text));
}

// The answers have the focus, and are read out with what is asked.
function goToQuestion(reply) {
  const asked = reply.querySelector(".message.question");
  (asked.querySelector("input:checked") ?? asked.querySelector("input, button")).focus({ preventScroll: true });
  asked.scrollIntoView({ block: "start" });
}

// A reload brings the conversation back; it does not start the flow of the address again.
function arrived() {
  return performance.getEntriesByType("navigation")[0]?.type === "navigate";
}

// `crypto.randomUUID` is missing on an intranet without TLS.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
