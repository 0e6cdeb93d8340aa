// The assistant's HTTP contract, as far as the widget speaks it.

import { WORDS } from "./words.js";

const PATIENCE_MS = 20_000;

// A turn waits 1.5 s for the one before it, which takes at most 9 s (FP_RASA_TIMEOUT_S).
const TRIES = 6;

// `message` says what to do next; `status` is 0 when nothing came back at all.
// `type` is the contract's, without its prefix; `not-allowed` is told here.
export class Problem extends Error {
  constructor(status, message = status ? WORDS.unexpected : WORDS.offline, type = null) {
    super(message);
    this.status = status;
    this.type = type;
  }

  // A conversation that can be read no more. Who has to sign in has lost none.
  get over() {
    const signIn = this.type?.startsWith("sign-in-");
    return !signIn && (this.status === 401 || this.status === 404);
  }
}

export class Client {
  constructor(home) {
    this.home = home;
  }

  url(path) {
    return new URL(path.replace(/^\//, ""), this.home).href;
  }

  async begin(options) {
    return (await this.call("POST", "conversations", { body: options })).json();
  }

  async read(session) {
    return (await this.call("GET", `conversations/${session.id}`, { session })).json();
  }

  // Refused while the turn before is under way, it is sent again: the key makes that harmless.
  async send(session, body, key) {
    const path = `conversations/${session.id}/messages`;
    for (let left = TRIES - 1; ; left -= 1) {
      try {
        return await (await this.call("POST", path, { session, body, key })).json();
      } catch (problem) {
        if (problem.status !== 409 || !left) throw problem;
      }
    }
  }

  async record(session, turn, format) {
    const path = `conversations/${session.id}/record?format=${format}&turn=${turn}`;
    return this.call("GET", path, { session });
  }

  async forget(session) {
    await this.call("DELETE", `conversations/${session.id}`, { session });
  }

  async feedback(session, turn, rating, reason) {
    const body = { conversation_id: session.id, turn, rating, reason };
    await this.call("POST", "feedback", { session, body });
  }

  async call(method, path, { session, body, key } = {}) {
    const headers = {};
    if (session) headers.Authorization = `Bearer ${session.token}`;
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    let response;
    try {
      response = await fetch(this.url(`api/v1/${path}`), {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: "no-store",
        // The sign-in of the assistant's own site, where the browser lets this page use it.
        credentials: "include",
        keepalive: method === "DELETE",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (error) {
      const slow = error.name === "TimeoutError";
      if (!slow && (await this.refusesThisPage())) throw new Problem(0, WORDS.notAllowed, "not-allowed");
      throw new Problem(0);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  // To a script, a page that is not on the assistant's list (FP_ALLOWED_ORIGINS) looks like a lost
  // network: either way nothing can be read. Here it is told apart. Where an answer comes, although
  // it may not be read (`no-cors`), and the same may not be read openly, this page is refused.
  async refusesThisPage() {
    const answers = (mode) =>
      fetch(this.url("api/v1/healthz"), {
        mode,
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE_MS),
      }).then(
        () => true,
        () => false,
      );
    return (await answers("no-cors")) && !(await answers("cors"));
  }
}

async function problemOf(response) {
  try {
    const { detail, title, type } = await response.json();
    return new Problem(response.status, detail ?? title, type?.split(":").at(-1));
  } catch {
    return new Problem(response.status);
  }
}
