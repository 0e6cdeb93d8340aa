// "Get help now": the emergency number and the local ones, always in reach.

import { drawContacts, drawEmergency } from "./contacts.js";
import { el } from "./dom.js";
import { HELP, WORDS } from "./words.js";

export function drawHelp() {
  const { call, others } = drawEmergency(HELP);
  return el(
    "details",
    { class: "help" },
    el("summary", {}, WORDS.helpNow),
    el(
      "div",
      { class: "numbers" },
      el("p", {}, WORDS.danger),
      call,
      drawContacts(others),
    ),
  );
}
