// What this tab remembers of a conversation, until the tab closes.

// A sandboxed frame and a browser that blocks what sites keep throw at the first touch. The
// conversation then lives as long as the page, and `composer.js` says so.
class Memory extends Map {
  getItem = (name) => this.get(name) ?? null;
  setItem = (name, value) => this.set(name, value);
  removeItem = (name) => this.delete(name);
}

const PROBE = "first-principles";
const LANGUAGE = "first-principles language";
const storage = usable() ?? new Memory();
export const FORGETFUL = storage instanceof Memory;

export class Session {
  constructor(name) {
    this.name = `first-principles ${name}`;
  }

  get() {
    return JSON.parse(storage.getItem(this.name));
  }

  set(begun) {
    const kept = { id: begun.conversation_id, token: begun.token };
    storage.setItem(this.name, JSON.stringify(kept));
    return kept;
  }

  clear() {
    storage.removeItem(this.name);
  }
}

// What the reader chose in the place of the page's language, for as long as the page keeps to that.
export function chosenLanguage(given) {
  const kept = JSON.parse(storage.getItem(LANGUAGE));
  return kept?.given === given ? kept.chosen : given;
}

export function chooseLanguage(given, chosen) {
  storage.setItem(LANGUAGE, JSON.stringify({ given, chosen }));
}

function usable() {
  try {
    sessionStorage.setItem(PROBE, "");
    sessionStorage.removeItem(PROBE);
    return sessionStorage;
  } catch {
    return null;
  }
}
