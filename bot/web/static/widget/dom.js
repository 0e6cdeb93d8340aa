// Elements without markup: text only ever enters a page as text.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false && child !== ""));
  return element;
}

export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

// Blank lines part paragraphs; single line breaks are kept by the style sheet.
export function paragraphs(text, properties = {}) {
  return text.split(/\n\s*\n/).map((part) => el("p", properties, part.trim()));
}

export function button(label, act, properties = {}) {
  return el("button", { type: "button", onclick: act, ...properties }, label);
}

let serial = 0;

export function uniqueId(prefix) {
  serial += 1;
  return `${prefix}-${serial}`;
}
