// A quotation looks like a quotation; what is to be known of it never does.

import { button, el, unseen } from "./dom.js";
import { drawEmphasis, drawVerbatim } from "./verbatim.js";
import { ENGLISH, NOTICES, SPOKEN, WORDS } from "./words.js";

// A passage is shown whole up to this many characters, about a screen of a phone: the sentence that
// settles it may stand beside those that are marked.
const WHOLE_UP_TO = 900;

// The first passage with its answering sentences large; each further one a tap away, by them.
// `provenance` says below them whose words the first are.
export function drawPassages(quotes, url, provenance) {
  const [first, ...others] = quotes;
  if (!first) return [];
  return [
    drawQuote(first, url, { opens: true, edition: !provenance }),
    drawFolded(others, url),
    provenance && el("p", { class: "provenance" }, provenance),
  ];
}

export function drawFolded(quotes, url) {
  if (!quotes.length) return null;
  return el("ul", { class: "folded" }, quotes.map((quote) => el("li", {}, drawRow(quote, url))));
}

function drawRow(quote, url) {
  const { text } = quote;
  const peek = stretches(quote).map(([start, end]) => text.slice(start, end));
  const where = [citationOf(quote), drawTags(quote)];
  return el(
    "details",
    {},
    el(
      "summary",
      {},
      el("span", { class: "peek" }, `“${peek.join(" […] ")}”`),
      el("span", { class: "where" }, where),
    ),
    drawQuote(quote, url),
  );
}

// In what opens a reply the sentences that answer are large; of a long passage the rest is folded
// away.
function drawQuote(quote, url, { opens = false, edition = true } = {}) {
  const { citation } = quote;
  const place = citationOf(quote);
  return el(
    "figure",
    { class: "quote", "aria-label": `${WORDS.quotation} ${place}` },
    quote.lead_in &&
      el("p", { class: "lead-in" }, el("span", { lang: SPOKEN }, WORDS.leadIn), drawEmphasis(quote.lead_in)),
    el("blockquote", { cite: url(citation.url) }, drawWords(quote, opens)),
    el(
      "figcaption",
      {},
      el("cite", {}, place),
      edition && el("span", { class: "edition" }, editionOf(citation)),
      drawTags(quote),
      el(
        "a",
        { href: url(citation.url), target: "_blank", rel: "noopener", lang: SPOKEN },
        WORDS.readInContext,
        el("span", { class: "unseen", lang: ENGLISH }, `: ${place}`),
        unseen(WORDS.newTab),
      ),
    ),
  );
}

// Every word of the passage is there; what does not answer may be folded away, and is marked so.
function drawWords(quote, opens) {
  const { text, citation } = quote;
  const answers = stretches(quote);
  const length = answers.reduce((sum, [start, end]) => sum + end - start, 0);
  const folds = opens && text.length > WHOLE_UP_TO && length < text.length;
  const shown = folds ? answers : [[0, text.length]];
  // All of it answers: there is nothing to tell it from.
  const marks = length === text.length ? [] : (quote.marks ?? []);
  const words = el(
    "p",
    { class: opens && "opens" },
    drawVerbatim(text, { reference: citation.reference, marks, shown }),
    missing(quote),
  );
  if (!folds) return words;
  words.classList.add("folding");
  if (shown[0][0] > 0) words.classList.add("begins-before");
  if (shown.at(-1)[1] < text.length) words.classList.add("goes-on");
  return [words, drawUnfold(words)];
}

function drawUnfold(words) {
  const unfold = button(WORDS.wholePassage, () => {
    const folded = words.classList.toggle("folding");
    unfold.textContent = folded ? WORDS.wholePassage : WORDS.answerOnly;
    unfold.setAttribute("aria-expanded", String(!folded));
  }, { class: "plain unfold", "aria-expanded": "false", lang: SPOKEN });
  return unfold;
}

// The sentences that answer, those that follow each other as one; all of it where none is marked.
function stretches({ text, marks }) {
  const found = [];
  for (const [start, end] of marks ?? []) {
    const last = found.at(-1);
    if (last && !text.slice(last[1], start).trim()) last[1] = end;
    else found.push([start, end]);
  }
  return found.length ? found : [[0, text.length]];
}

function missing(quote) {
  if (!quote.truncated_in_source) return null;
  return el("span", { class: "missing", lang: SPOKEN }, ` ${WORDS.missing}`);
}

export function citationOf({ citation }) {
  return `${citation.title}, ${citation.reference}`;
}

function editionOf({ publisher, area, version }) {
  const place = area && !publisher.toLowerCase().includes(area) ? area : null;
  return [publisher, place, version].filter(Boolean).join(", ");
}

// In a word or two; the check before relying on it says the rest.
function drawTags(quote) {
  const kinds = [...new Set(quote.notices.map(({ kind }) => kind))];
  const tags = kinds.map((kind) => el("span", { class: `tag ${kind}` }, NOTICES[kind]));
  if (quote.truncated_in_source) tags.push(el("span", { class: "tag" }, WORDS.cutOff));
  return tags.length ? el("span", { class: "tags", lang: SPOKEN }, tags) : null;
}
