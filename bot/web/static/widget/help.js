// "Get help now": the emergency number and the local ones, always in reach.

import { drawContacts, drawEmergency } from "./contacts.js";
import { el } from "./dom.js";
import { HELP, WORDS } from "./words.js";

export function drawHelp() {
  const { call, others } = drawEmergency(HELP);
  const summary = el("summary", {}, WORDS.helpNow);
  const named = ({ target }) => (summary.textContent = target.open ? WORDS.helpClose : WORDS.helpNow);
  return el(
    "details",
    { class: "help", ontoggle: named },
    summary,
    el(
      "div",
      { class: "help-numbers" },
      el("p", {}, WORDS.danger),
      call,
      drawContacts(others),
    ),
  );
}
