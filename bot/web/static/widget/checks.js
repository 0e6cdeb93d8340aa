// What to check before relying on a reply: said once, the newest concern first.

import { el, uniqueId } from "./dom.js";
import { about, checked, more, NOTICES, WORDS } from "./words.js";

// `seen` holds what an earlier part of the same reply has said.
export function drawChecks(checks, seen) {
  const fresh = checks.filter(({ text }) => !seen.has(text));
  for (const { text } of fresh) seen.add(text);
  if (!fresh.length) return null;
  const [first, ...others] = fresh;
  const title = uniqueId("checks");
  return el(
    "section",
    { class: "checks", "aria-labelledby": title },
    el("h4", { id: title }, WORDS.checkTitle),
    el("ul", {}, drawCheck(first)),
    others.length
      ? el(
          "details",
          {},
          el("summary", {}, more(others.length)),
          el("ul", {}, others.map(drawCheck)),
        )
      : null,
    el("small", {}, remarks(fresh).join(" ")),
  );
}

function drawCheck({ kind, text, places, checked_on: day }) {
  const small = [places.length && about(places), day && checked(day)].filter(Boolean).join(" ");
  return el(
    "li",
    {},
    kind && el("strong", {}, `${NOTICES[kind]}. `),
    text,
    small && el("small", {}, small),
  );
}

// Whose words they are, and that nobody has signed them, once for all of them.
function remarks(checks) {
  const noticed = checks.filter(({ kind }) => kind);
  const unsigned = new Set(noticed.map((each) => each.unsigned).filter(Boolean));
  const all = noticed.every((each) => each.unsigned);
  if (unsigned.size && all && noticed.length > 1) return [WORDS.notFromSources, WORDS.noneSigned];
  if (unsigned.size && !all) return [WORDS.notFromSources, WORDS.notAllSigned];
  return [WORDS.notFromSources, ...unsigned];
}
