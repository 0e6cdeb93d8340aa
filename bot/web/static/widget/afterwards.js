// What a person may do with an answer: keep the record of it, and say whether it helped.

import { button, el, uniqueId } from "./dom.js";
import { languageOf, REASONS, SPOKEN, WORDS } from "./words.js";

// `turn` is the one that ended the walk: a later walk has a record of its own.
export function drawRecord(client, session, turn, told) {
  const download = async () => {
    const response = await client.record(session, turn, "docx");
    const file = URL.createObjectURL(await response.blob());
    el("a", { href: file, download: fileName(response) }).click();
    URL.revokeObjectURL(file);
    told(WORDS.downloaded);
  };
  const copy = async () => {
    const text = await (await client.record(session, turn, "markdown")).text();
    const copied = navigator.clipboard.writeText(text).then(() => WORDS.copied);
    told(await copied.catch(() => WORDS.notCopied));
  };
  const guarded = (act) => () => act().catch((problem) => told(problem.message));
  return el(
    "div",
    { class: "record", role: "group", lang: SPOKEN, "aria-label": WORDS.record },
    button(WORDS.downloadRecord, guarded(download), { class: "primary" }),
    navigator.clipboard && button(WORDS.copyRecord, guarded(copy), { class: "plain" }),
    drawPrint(client, session, turn),
  );
}

// As the assistant names it: by day and flow, in words (RFC 6266).
function fileName(response) {
  const disposition = response.headers.get("Content-Disposition");
  return decodeURIComponent(disposition.split("filename*=UTF-8''")[1]);
}

// A form, so that the token travels in no address and the page works in a new tab.
function drawPrint(client, session, turn) {
  const hidden = (name, value) => el("input", { type: "hidden", name, value });
  return el(
    "form",
    { method: "post", action: client.url("record"), target: "_blank" },
    hidden("conversation", session.id),
    hidden("token", session.token),
    hidden("turn", turn),
    el("button", { class: "plain" }, WORDS.printRecord),
  );
}

export function drawFeedback(send) {
  const box = el("div", {
    class: "feedback",
    role: "group",
    lang: SPOKEN,
    "aria-label": WORDS.helped,
  });
  const finish = async (rating, reason) => {
    try {
      await send(rating, reason);
      box.replaceChildren(el("p", { tabindex: "-1" }, WORDS.thanks));
    } catch (problem) {
      const { message } = problem;
      box.replaceChildren(el("p", { tabindex: "-1", lang: languageOf(message) }, message));
    }
    box.firstChild.focus();
  };
  box.append(
    el("span", {}, WORDS.helped),
    button(WORDS.didHelp, () => finish("useful", "helped"), { class: "plain" }),
    button(WORDS.didNotHelp, () => askWhy(box, finish), { class: "plain" }),
    el("small", {}, WORDS.whoReads),
  );
  return box;
}

function askWhy(box, finish) {
  const name = uniqueId("reason");
  const radios = Object.entries(REASONS).map(([value, label]) => {
    const id = uniqueId(name);
    return el(
      "div",
      { class: "radio" },
      el("input", { type: "radio", name, id, value, required: true }),
      el("label", { for: id }, label),
    );
  });
  const send = (event) => {
    event.preventDefault();
    finish("not_useful", event.target.elements[name].value);
  };
  box.replaceChildren(
    el(
      "form",
      { onsubmit: send },
      el("fieldset", {}, el("legend", {}, WORDS.whyNot), radios),
      el("button", {}, WORDS.sendFeedback),
    ),
  );
  box.querySelector("input").focus();
}
