// What this tab remembers of a conversation, until the tab closes.

export class Session {
  constructor(name) {
    this.name = `first-principles ${name}`;
  }

  get() {
    return JSON.parse(sessionStorage.getItem(this.name));
  }

  set(begun) {
    const kept = { id: begun.conversation_id, token: begun.token };
    sessionStorage.setItem(this.name, JSON.stringify(kept));
    return kept;
  }

  clear() {
    sessionStorage.removeItem(this.name);
  }
}
