"use strict";

/* One module of the induction in somebody else's learning platform: marks its quiz, and reports the
   score by the runtime interface of SCORM 1.2. Every word stands in the page. */

const FURTHEST = 7; // Frames between the page and the platform, as the standard's own example looks.
const FULL = 100;
const HUNDREDTHS = 100;

/** The platform's object `API`, in a frame around the page or in the window that opened it. */
function findApi() {
  for (const start of [window, window.opener]) {
    let place = start;
    for (let step = 0; place && step <= FURTHEST; step += 1) {
      try {
        if (place.API) return place.API;
      } catch {
        break; // A page of another site: nothing can be asked of it.
      }
      if (place === place.parent) break;
      place = place.parent;
    }
  }
  return null;
}

/** What the platform is told. Without a platform nothing is. */
class Platform {
  constructor(api) {
    this.api = api;
    this.began = Date.now();
    this.isOpen = api !== null && this.ask("LMSInitialize", "") === "true";
    if (["not attempted", ""].includes(this.get("cmi.core.lesson_status"))) {
      this.set("cmi.core.lesson_status", "incomplete");
      this.commit();
    }
  }

  /** What it answers; null where it fails, so that nobody loses the page by its error. */
  ask(name, ...given) {
    try {
      return String(this.api[name](...given));
    } catch {
      return null;
    }
  }

  get(name) {
    return this.isOpen ? this.ask("LMSGetValue", name) : null;
  }

  set(name, value) {
    return this.isOpen && this.ask("LMSSetValue", name, String(value)) === "true";
  }

  commit() {
    return this.isOpen && this.ask("LMSCommit", "") === "true";
  }

  /** What was kept of the module as it is now, and nothing of an earlier version. */
  best(version) {
    try {
      const kept = JSON.parse(this.get("cmi.suspend_data") || "null");
      return kept && kept.version === version ? kept : null;
    } catch {
      return null; // Not of this page.
    }
  }

  /** Whether the platform took the result. It counts also where its bounds, which are optional in
      SCORM 1.2, or what the next visit would read are refused. */
  report(result, passes) {
    this.set("cmi.core.score.min", 0);
    this.set("cmi.core.score.max", FULL);
    this.set("cmi.suspend_data", JSON.stringify(result));
    const percent = Math.floor((result.right * FULL * HUNDREDTHS) / result.asked) / HUNDREDTHS;
    const told = [
      this.set("cmi.core.score.raw", percent),
      this.set("cmi.core.lesson_status", passes ? "passed" : "failed"),
      this.commit(),
    ];
    return told.every(Boolean);
  }

  finish() {
    if (!this.isOpen) return;
    this.set("cmi.core.session_time", lasted(Date.now() - this.began));
    this.set("cmi.core.exit", "suspend");
    this.commit();
    this.ask("LMSFinish", "");
    this.isOpen = false;
  }
}

/** Hours, minutes and seconds as SCORM 1.2 writes them. */
function lasted(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

const form = document.getElementById("form");
const problem = document.getElementById("problem");
const results = document.getElementById("results");
const soFar = document.getElementById("so-far");
const words = form.dataset;
const UNANSWERED = {
  single: words.unansweredSingle,
  source: words.unansweredSingle,
  multiple: words.unansweredMultiple,
  order: words.unansweredOrder,
};
const title = document.title;
const platform = new Platform(findApi());

function said(phrase, blanks) {
  return phrase.replace(/\{(\w+)\}/g, (_, name) => blanks[name]);
}

function line(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

/** What was chosen of a question, and what keeps it from being marked. */
function readQuestion(question) {
  const { kind } = question.dataset;
  const unanswered = UNANSWERED[kind];
  if (kind !== "order") {
    const picked = [...question.querySelectorAll("input:checked")].map((input) => input.value);
    return { picked, error: picked.length ? "" : unanswered };
  }
  const lines = [...question.querySelectorAll("select")];
  const places = lines.map((each) => each.value).filter(Boolean);
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  if (twice) return { picked: [], error: said(words.placeTaken, { place: twice }) };
  if (places.length < lines.length) return { picked: [], error: unanswered };
  lines.sort((one, other) => Number(one.value) - Number(other.value));
  return { picked: lines.map((each) => each.id.split("/").pop()), error: "" };
}

/** Beside each question, and in a summary with links to them. */
function showErrors(answers) {
  const summary = problem.querySelector("ul");
  summary.replaceChildren();
  for (const [at, { question, error }] of answers.entries()) {
    question.querySelector(".error")?.remove();
    question.classList.toggle("wrong", Boolean(error));
    question.removeAttribute("aria-describedby");
    if (!error) continue;
    const beside = line(error);
    beside.className = "error";
    beside.id = `${question.dataset.name}/error`;
    question.querySelector(".how").after(beside);
    question.setAttribute("aria-describedby", beside.id);
    const link = document.createElement("a");
    const field = question.querySelector("input, select");
    link.href = `#${field.id}`;
    link.textContent = said(words.inSummary, { number: at + 1, error });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.focus();
    });
    const item = document.createElement("li");
    item.append(link);
    summary.append(item);
  }
  problem.hidden = !summary.children.length;
  if (!problem.hidden) problem.focus();
}

/** The reasons that are due, with the passages that settle them. Gives whether it was right. */
function explain(name, picked) {
  const section = results.querySelector(`section[data-name="${name}"]`);
  const { kind } = section.dataset;
  const answer = section.dataset.answer.split(" ");
  const isOrder = kind === "order";
  const isRight = isOrder
    ? picked.join(" ") === answer.join(" ")
    : picked.length === answer.length && picked.every((each) => answer.includes(each));
  const isPartly = kind === "multiple" && picked.some((each) => answer.includes(each));
  const verdict = isPartly ? words.partlyRight : words.notRight;
  section.querySelector(".marked-as").textContent = isRight ? words.right : verdict;
  const quoted = new Set();
  for (const reason of section.querySelectorAll("li")) {
    const { option, quote } = reason.dataset;
    reason.hidden = !(isOrder || picked.includes(option) || answer.includes(option));
    if (quote && !reason.hidden) quoted.add(quote);
    const yours = reason.querySelector(".yours");
    if (yours) yours.hidden = !picked.includes(option);
  }
  for (const passage of section.querySelectorAll("[data-passage]")) {
    passage.hidden = !("settles" in passage.dataset || quoted.has(passage.dataset.passage));
  }
  return isRight;
}

function showResult(result, better, isReported) {
  const passes = result.right >= Number(words.needed);
  const heading = said(words.result, result);
  document.title = `${heading}, ${passes ? words.passedInTitle : words.notPassedInTitle} – ${title}`;
  document.getElementById("result").textContent = heading;
  form.hidden = true;
  soFar.hidden = true;
  results.hidden = false;
  const outcome = document.getElementById("outcome");
  outcome.classList.toggle("passed", passes);
  outcome.replaceChildren(
    line(passes ? words.passed : words.notPassed),
    ...(better ? [line(said(words.better, better))] : []),
    line(isReported ? words.reported : words.notReported),
  );
  document.getElementById("result").focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const answers = [...form.querySelectorAll("fieldset")].map((question) => ({
    question,
    ...readQuestion(question),
  }));
  showErrors(answers);
  if (!problem.hidden) return;
  const marks = answers.map(({ question, picked }) => explain(question.dataset.name, picked));
  const right = marks.filter(Boolean).length;
  const result = { right, asked: marks.length, version: words.version };
  const best = platform.best(words.version);
  const better = best && best.right > right ? best : null;
  const kept = better ?? result;
  showResult(result, better, platform.report(kept, kept.right >= Number(words.needed)));
});

document.getElementById("again").addEventListener("click", () => {
  form.reset();
  form.hidden = false;
  results.hidden = true;
  document.title = title;
  document.getElementById("quiz").focus();
});

window.addEventListener("pagehide", () => platform.finish());

const earlier = platform.best(words.version);
if (earlier) {
  soFar.textContent = said(words.soFar, earlier);
  soFar.hidden = false;
}
