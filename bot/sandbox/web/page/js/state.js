// What the page knows, where it is, and how it talks to the workspace.

import { toast } from "./notes.js";

export const state = {
  world: null,      // team, app, commands, people, channels
  me: "",           // the id of the person acted as
  screen: null,     // conversations, modals, home, clock
  place: "",        // the open conversation's id
  tab: "messages",  // in the app's conversation: messages or home
  open: null,       // the open conversation with its messages
  most: 120,        // how many messages of it to draw
  thread: "",       // the ts of the open thread
  seenThreads: new Map(), // ts of a thread → the newest answer that was on the screen
  drawer: "",       // "", "traffic" or "thread"
  asOf: 0,          // when what is shown was asked for
};

export const person = (id) => state.world.people[id];
export const me = () => person(state.me);
export const entry = () => state.screen?.conversations.find((c) => c.id === state.place);

const listeners = {};
/** Call `run` whenever `what` is told. */
export const on = (what, run) => (listeners[what] ||= []).push(run);
export const tell = (what, ...more) => (listeners[what] || []).forEach((run) => run(...more));

export class Refused extends Error {}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error || `the workspace answered ${response.status}`);
  return body;
}

/** Read something; what the person sees is read as that person. */
export async function see(what, query = {}) {
  const asked = new URLSearchParams({ as: state.me, ...query });
  return answer(await fetch(`/see/${what}?${asked}`));
}

/** Do something as the person; throws Refused with the sentence Slack's client would show. */
export async function act(verb, body = {}) {
  return answer(
    await fetch(`/do/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Local-Workspace": "1" },
      body: JSON.stringify({ as: state.me, ...body }),
    }),
  );
}

/** The same, but a refusal is shown as a note; returns null then. */
export async function tryAct(verb, body = {}) {
  try {
    return await act(verb, body);
  } catch (refused) {
    toast(sentence(refused), "bad");
    return null;
  }
}

async function bytes(verb, file, query) {
  const asked = new URLSearchParams({ as: state.me, name: file.name, ...query });
  return answer(
    await fetch(`/do/${verb}?${asked}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-Local-Workspace": "1" },
      body: file,
    }),
  );
}

/** Share a file: `where` is {channel} or {channel, thread}. */
export const upload = (file, where, comment = "") => bytes("upload", file, { ...where, comment });

/** Send a file that goes into a form; answers {file}. */
export const store = (file) => bytes("store", file, {});

export function sentence(error) {
  if (!(error instanceof Refused)) return "The local workspace does not answer. Is it still running?";
  const text = error.message;
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".");
}

/** What is remembered in this browser only. */
export const remembered = {
  get(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`workspace.${key}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`workspace.${key}`, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing still shows everything.
    }
  },
};
