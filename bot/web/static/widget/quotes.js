// A quotation looks like a quotation; what is to be known of it never does.

import { button, el, unseen } from "./dom.js";
import { drawVerbatim } from "./verbatim.js";
import { NOTICES, WORDS } from "./words.js";

// What is left of a passage beside the sentences that answer is folded away from this many
// characters on: about two lines of a phone, which are not worth a tap.
const WORTH_FOLDING = 120;

// The first passage with its answering sentences large; each further one a tap away, by them.
export function drawPassages(quotes, url) {
  const [first, ...others] = quotes;
  if (!first) return [];
  return [drawQuote(first, url, "large"), drawFolded(others, url)];
}

export function drawFolded(quotes, url) {
  if (!quotes.length) return null;
  return el("ul", { class: "folded" }, quotes.map((quote) => el("li", {}, drawRow(quote, url))));
}

function drawRow(quote, url) {
  const [start, end] = answering(quote);
  const where = [citationOf(quote), drawTags(quote)];
  return el(
    "details",
    {},
    el(
      "summary",
      {},
      el("span", { class: "peek" }, `“${quote.text.slice(start, end)}”`),
      el("span", { class: "where" }, where),
    ),
    drawQuote(quote, url),
  );
}

export function drawQuote(quote, url, size = "") {
  const { citation } = quote;
  const place = citationOf(quote);
  return el(
    "figure",
    { class: `quote ${size}`, "aria-label": `${WORDS.quotation} ${place}` },
    quote.lead_in && el("p", { class: "lead-in" }, el("span", {}, WORDS.leadIn), quote.lead_in),
    el("blockquote", { cite: url(citation.url) }, drawWords(quote, size)),
    el(
      "figcaption",
      {},
      el("cite", {}, place),
      el("span", { class: "edition" }, edition(citation)),
      drawTags(quote),
      el(
        "a",
        { href: url(citation.url), target: "_blank", rel: "noopener" },
        WORDS.readInContext,
        unseen(`: ${place}${WORDS.newTab}`),
      ),
    ),
  );
}

// Every word of the passage is there; what does not answer may be folded away, and is marked so.
function drawWords(quote, size) {
  const { text, marks, citation } = quote;
  const answer = answering(quote);
  const folds = size && text.length - (answer[1] - answer[0]) >= WORTH_FOLDING;
  const shown = folds ? answer : [0, text.length];
  // All of it answers: there is nothing to tell it from.
  const wholly = answer[0] === 0 && answer[1] === text.length;
  const words = el(
    "p",
    { class: folds && "folding" },
    drawVerbatim(text, { reference: citation.reference, marks: wholly ? [] : (marks ?? []), shown }),
    missing(quote),
  );
  if (!folds) return words;
  if (shown[0] > 0) words.classList.add("begins-before");
  if (shown[1] < text.length) words.classList.add("goes-on");
  return [words, drawUnfold(words)];
}

function drawUnfold(words) {
  const unfold = button(WORDS.wholePassage, () => {
    const folded = words.classList.toggle("folding");
    unfold.textContent = folded ? WORDS.wholePassage : WORDS.answerOnly;
    unfold.setAttribute("aria-expanded", String(!folded));
  }, { class: "plain unfold", "aria-expanded": "false" });
  return unfold;
}

// From the first sentence that answers to the last: the whole passage where none is marked.
function answering({ text, marks }) {
  return marks?.length ? [marks[0][0], marks.at(-1)[1]] : [0, text.length];
}

function missing(quote) {
  if (!quote.truncated_in_source) return null;
  return el("span", { class: "missing" }, ` ${WORDS.missing}`);
}

export function citationOf({ citation }) {
  return `${citation.title}, ${citation.reference}`;
}

function edition({ publisher, area, version }) {
  const place = area && !publisher.toLowerCase().includes(area) ? area : null;
  return [publisher, place, version].filter(Boolean).join(", ");
}

// In a word or two; the check before relying on it says the rest.
function drawTags(quote) {
  const kinds = [...new Set(quote.notices.map(({ kind }) => kind))];
  const tags = kinds.map((kind) => el("span", { class: `tag ${kind}` }, NOTICES[kind]));
  if (quote.truncated_in_source) tags.push(el("span", { class: "tag" }, WORDS.cutOff));
  return tags.length ? el("span", { class: "tags" }, tags) : null;
}
