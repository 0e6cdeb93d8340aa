// Replies on offer: the answers of a step, buttons, the way back.
// What is marked `offer` is withdrawn once the conversation has moved on.

import { button, el, uniqueId, unseen } from "./dom.js";
import { change, SPOKEN, WORDS } from "./words.js";

export function drawButtons(options, choose, properties = { class: "offer buttons" }) {
  if (!options.length) return null;
  if (options.some(({ group }) => group)) return drawGroups(options, choose, properties);
  return el("ul", properties, options.map((option) => drawOption(option, choose)));
}

function drawOption(option, choose) {
  return el("li", {}, button(option.label, () => choose(option)));
}

// Under a heading each, closed: sixteen buttons at once are a wall.
function drawGroups(options, choose, { class: names }) {
  const groups = Map.groupBy(options, ({ group }) => group ?? "");
  const drawn = Array.from(groups, ([title, members]) => {
    const buttons = el("ul", { class: "buttons" }, members.map((each) => drawOption(each, choose)));
    return title ? el("details", {}, el("summary", {}, title), buttons) : buttons;
  });
  return el("div", { class: names.replace("buttons", "groups") }, drawn);
}

export function drawStep(message, choose) {
  const name = uniqueId("step");
  const error = el("p", { class: "error", id: `${name}-error`, role: "alert", lang: SPOKEN });
  const fieldset = el(
    "fieldset",
    { "aria-describedby": error.id },
    el("legend", {}, message.lead),
    error,
    message.options.map((option) => drawRadio(name, option, option.id === message.chosen)),
    el("button", { class: "primary", lang: SPOKEN }, WORDS.goOn),
  );
  const answered = (event) => {
    event.preventDefault();
    const picked = fieldset.querySelector("input:checked");
    const option = message.options.find(({ id }) => id === picked?.value);
    if (option) choose(option);
    else {
      error.replaceChildren(unseen(WORDS.error), WORDS.chooseFirst);
      fieldset.querySelector("input").focus();
    }
  };
  return el("form", { class: "offer step", novalidate: true, onsubmit: answered }, fieldset);
}

function drawRadio(name, option, checked) {
  const id = uniqueId(name);
  return el(
    "div",
    { class: "radio" },
    el("input", { type: "radio", name, id, value: option.id, checked }),
    el("label", { for: id }, option.label),
  );
}

// In view while a walk is under way.
export function drawGiven(answers, choose) {
  if (!answers.length) return null;
  const title = uniqueId("given");
  return el(
    "section",
    { class: "offer given", "aria-labelledby": title },
    el("h4", { id: title, lang: SPOKEN }, WORDS.answersSoFar),
    drawList(answers, choose),
  );
}

export function drawAnswers(answers, choose) {
  if (!answers.length) return null;
  return el(
    "details",
    { class: "given" },
    el("summary", { lang: SPOKEN }, WORDS.yourAnswers),
    drawList(answers, choose),
  );
}

// A change goes out as a choice, labelled with the question it reopens.
function drawList(answers, choose) {
  const rows = answers.map(({ question, answer, change: id }) =>
    el(
      "div",
      {},
      el("dt", {}, question),
      el("dd", {}, answer),
      id && el("dd", { class: "offer" }, drawChange(question, id, choose)),
    ),
  );
  return el("dl", {}, rows);
}

function drawChange(question, id, choose) {
  const again = button(
    WORDS.change,
    () => choose({ id, label: `${WORDS.change} ${change(question)}` }),
    { class: "plain", lang: SPOKEN },
  );
  again.append(unseen(` ${change(question)}`));
  return again;
}

// But for what the message may have meant instead, which stands apart.
export function ownOptions({ options, did_you_mean: others }) {
  const ids = new Set(others.map(({ id }) => id));
  return options.filter(({ id }) => !ids.has(id));
}

// Everything a message offers, as options with the words that stand for them.
export function offers(message) {
  const { options, controls = [], answers = [], related_flows: flows = [] } = message;
  return [
    ...options,
    ...controls,
    ...answers.filter((each) => each.change).map(({ question, change: id }) => ({ id, label: `${WORDS.change} ${change(question)}` })),
    ...flows.map(({ id, title }) => ({ id: `start:${id}`, label: title })),
  ];
}

// The question of a step stays. Nothing is added, or a screen reader would read it out again.
export function withdraw(root) {
  for (const offer of root.querySelectorAll(".offer")) {
    if (!offer.matches(".step")) {
      offer.remove();
      continue;
    }
    offer.classList.remove("offer");
    for (const part of offer.querySelectorAll("fieldset > :not(legend)")) part.remove();
  }
}
