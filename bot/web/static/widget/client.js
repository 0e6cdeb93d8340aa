// The assistant's HTTP contract, as far as the widget speaks it.

import { WORDS } from "./words.js";

const PATIENCE_MS = 20_000;

// A turn waits 1.5 s for the one before it, which takes at most 9 s (FP_RASA_TIMEOUT_S).
const TRIES = 6;

// `message` says what to do next; `status` is 0 when nothing came back at all.
export class Problem extends Error {
  constructor(status, message = status ? WORDS.unexpected : WORDS.offline) {
    super(message);
    this.status = status;
  }

  get over() {
    return this.status === 401 || this.status === 404;
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
        keepalive: method === "DELETE",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new Problem(0);
    }
    if (!response.ok) throw new Problem(response.status, await detailOf(response));
    return response;
  }
}

async function detailOf(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title;
  } catch {
    return undefined;
  }
}
