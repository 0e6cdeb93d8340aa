// A quotation looks like a quotation; a note about it never does.

import { el, unseen } from "./dom.js";
import { checked, NOTICES, WORDS } from "./words.js";

// `seen` holds the ids of the notices already drawn in full in this message.
export function drawQuote(quote, url, seen) {
  const { citation } = quote;
  const place = `${citation.title}, ${citation.reference}`;
  return el(
    "figure",
    { class: "quote", "aria-label": `${WORDS.quotation} ${place}` },
    quote.lead_in && el("p", { class: "lead-in" }, el("span", {}, WORDS.leadIn), quote.lead_in),
    el("blockquote", { cite: url(citation.url) }, el("p", {}, ...marked(quote), missing(quote))),
    el(
      "figcaption",
      {},
      el("cite", {}, place),
      el("span", { class: "edition" }, edition(citation)),
      el(
        "a",
        { href: url(citation.url), target: "_blank", rel: "noopener" },
        WORDS.readInContext,
        unseen(`: ${place}${WORDS.newTab}`),
      ),
    ),
    quote.notices.map((notice) => drawNotice(notice, seen)),
  );
}

export function drawQuotes(quotes, url, seen = new Set()) {
  return quotes.map((quote) => drawQuote(quote, url, seen));
}

function marked({ text, marks }) {
  const parts = [];
  let from = 0;
  for (const [start, end] of marks ?? []) {
    parts.push(text.slice(from, start), el("mark", {}, text.slice(start, end)));
    from = end;
  }
  return [...parts, text.slice(from)].filter((part) => part !== "");
}

function missing(quote) {
  if (!quote.truncated_in_source) return null;
  return el("span", { class: "missing" }, ` ${WORDS.missing}`);
}

function edition({ publisher, area, version }) {
  const place = area && !publisher.toLowerCase().includes(area) ? area : null;
  return [publisher, place, version].filter(Boolean).join(", ");
}

function drawNotice(notice, seen) {
  const again = seen.has(notice.id);
  seen.add(notice.id);
  return el(
    "aside",
    { class: `notice ${notice.kind}` },
    el("strong", {}, `${NOTICES[notice.kind]}. `),
    again ? WORDS.noticeAgain : notice.text,
    again ? null : small(notice),
  );
}

function small(notice) {
  const dated = notice.by_itself ? "" : ` ${checked(notice.checked_on)}`;
  return el("small", {}, `${WORDS.notFromSources}${dated}`);
}
