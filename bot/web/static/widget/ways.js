// What somebody can do about a problem: mostly to try again, sometimes on the assistant's own pages.

import { button, el } from "./dom.js";
import { WORDS } from "./words.js";

const WAYS = {
  "not-allowed": ownPage,
  "sign-in-elsewhere": ownPage,
  "sign-in-needed": signIn,
};

export function drawWays({ type }, client, again) {
  const way = WAYS[type]?.(client, again);
  return way ?? button(WORDS.tryAgain, again);
}

function ownPage(client) {
  return outward(client.url(""), WORDS.ownPage);
}

// A provider's page refuses to be framed, so signing in takes a tab of its own. Whoever comes back
// from it goes on where they were.
function signIn(client, again) {
  const link = outward(client.url("signin"), WORDS.signIn);
  const goOn = () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", goOn);
    if (link.isConnected) again();
  };
  link.addEventListener("click", () => document.addEventListener("visibilitychange", goOn));
  return el("p", { class: "ways" }, link, " ", button(WORDS.signedIn, again));
}

function outward(href, label) {
  return el("a", { href, target: "_blank", rel: "noopener" }, label, WORDS.newTab);
}
