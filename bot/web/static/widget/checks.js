// What to check before relying on a reply: said once, the newest concern first.

import { el, uniqueId } from "./dom.js";
import { about, checked, ENGLISH, more, NOTICES, SPOKEN, WORDS } from "./words.js";

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
    el("h4", { id: title, lang: SPOKEN }, WORDS.checkTitle),
    el("ul", {}, drawCheck(first)),
    others.length
      ? el(
          "details",
          {},
          el("summary", { lang: SPOKEN }, more(others.length)),
          el("ul", {}, others.map(drawCheck)),
        )
      : null,
    el("small", { lang: SPOKEN }, remarks(fresh)),
  );
}

function drawCheck({ kind, text, places, checked_on: day }) {
  const small = [places.length && about(places), day && checked(day)].filter(Boolean).join(" ");
  return el(
    "li",
    {},
    kind && el("strong", { lang: SPOKEN }, `${NOTICES[kind]}. `),
    text,
    small && el("small", { lang: SPOKEN }, small),
  );
}

// Whose words they are, and that nobody has signed them, once for all of them.
function remarks(checks) {
  const noticed = checks.filter(({ kind }) => kind);
  const unsigned = new Set(noticed.map((each) => each.unsigned).filter(Boolean));
  const all = noticed.every((each) => each.unsigned);
  const ours = [WORDS.notFromSources];
  if (unsigned.size && all && noticed.length > 1) ours.push(WORDS.noneSigned);
  else if (unsigned.size && !all) ours.push(WORDS.notAllSigned);
  else if (unsigned.size) return [...ours, " ", el("span", { lang: ENGLISH }, [...unsigned].join(" "))];
  return ours.join(" ");
}
