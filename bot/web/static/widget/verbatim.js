// The words of a passage, laid out: lists hung, the paragraph's number on its first line, emphasis
// as emphasis. Not a character is added or left out: the text of what is drawn is the passage's.

import { el } from "./dom.js";
import { EMPHASIS } from "./words.js";

const LINE = /[^\n]*\n*/g;
const ITEM = /^\s*(?:[-•]|\(?[0-9a-z]{1,3}[.)])\s/;

// `shown` are the stretches that stay in sight, in order, where the rest is folded away.
export function drawVerbatim(text, { reference, marks, shown }) {
  const number = numberOf(text, reference);
  const kinds = [
    ...marks.map(([from, to]) => ({ from, to, name: "marked" })),
    ...[...text.matchAll(EMPHASIS)].flatMap(({ 0: { length }, index }) => [
      { from: index, to: index + 1, name: "marker" },
      { from: index + 1, to: index + length - 1, name: "emphasis" },
      { from: index + length - 1, to: index + length, name: "marker" },
    ]),
    ...shown.slice(1).map(([from, to]) => ({ from, to, name: "resumed" })),
    ...between(shown, text.length).map(([from, to]) => ({ from, to, name: "rest" })),
    { from: 0, to: number, name: "number" },
  ].filter(({ from, to }) => from < to);
  return linesOf(text, number).map(([from, to]) => drawLine(text, from, to, kinds));
}

// A few words that no number or list stands in.
export function drawEmphasis(text) {
  return drawVerbatim(text, { reference: "", marks: [], shown: [[0, text.length]] });
}

function drawLine(text, from, to, kinds) {
  const isItem = ITEM.test(text.slice(from, to));
  let resumes = false;
  const parts = cutsOf(from, to, kinds).map(([start, end]) => {
    const said = kinds.filter((kind) => kind.from <= start && end <= kind.to);
    const names = new Set(said.map(({ name }) => name));
    const part = drawPart(text.slice(start, end), names);
    resumes ||= said.some((kind) => kind.name === "resumed" && kind.from === start);
    // "[…]" stands before the first that is seen.
    if (resumes && !names.has("marker")) {
      part.classList.add("resumes");
      resumes = false;
    }
    return part;
  });
  const isRest = kinds.some((kind) => kind.name === "rest" && kind.from <= from && to <= kind.to);
  const names = ["passage-line", isItem && "item", isRest && "rest"];
  return el("span", { class: names.filter(Boolean).join(" ") }, parts);
}

function drawPart(text, names) {
  const rest = names.has("rest") ? "rest" : null;
  if (names.has("marker")) return el("span", { class: "unseen", "aria-hidden": "true" }, text);
  if (names.has("emphasis")) return el("em", { class: rest }, text);
  if (names.has("marked")) return el("mark", { class: rest }, text);
  const number = names.has("number") ? "number" : null;
  return el("span", { class: [number, rest].filter(Boolean).join(" ") || null }, text);
}

// What lies before, between and after.
function between(stretches, end) {
  const ends = [0, ...stretches.map(([, to]) => to)];
  return ends.map((from, index) => [from, stretches[index]?.[0] ?? end]);
}

// Where what is said of the words changes.
function cutsOf(from, to, kinds) {
  const inside = kinds.flatMap((kind) => [kind.from, kind.to]).filter((at) => from < at && at < to);
  const points = [...new Set([from, ...inside, to])].sort((a, b) => a - b);
  return points.slice(1).map((end, index) => [points[index], end]);
}

// A number that stands alone on its line belongs to the line below it.
function linesOf(text, number) {
  const ends = [...text.matchAll(LINE)].map(({ 0: { length }, index }) => index + length);
  const breaks = [...new Set([0, ...ends])].filter((at) => at === 0 || at > number);
  return breaks.slice(1).map((end, index) => [breaks[index], end]);
}

// How far the paragraph's own number reaches, with the space after it: 0 where it has none.
function numberOf(text, reference) {
  const number = reference.replace("§", "");
  if (!number || !text.startsWith(number)) return 0;
  const [space] = text.slice(number.length).match(/^\s*/);
  return space ? number.length + space.length : 0;
}
