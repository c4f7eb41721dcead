// Talks to the REST API.

const root = "api/v1";
const tokenKey = "orchestrator-token";

/** What went wrong with a request, in the coordinator's words. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Keeps a token until the tab is closed. */
export const useToken = token => sessionStorage.setItem(tokenKey, token);

export const hasToken = () => sessionStorage.getItem(tokenKey) !== null;

export const get = async path => (await send("GET", path)).json();

export const post = async path => (await send("POST", path)).json();

export const remove = path => send("DELETE", path);

/** The last lines of a log, one object each. */
export async function log(path, most) {
  const text = await (await send("GET", path)).text();
  return text.split("\n").filter(line => line).slice(-most).map(line => JSON.parse(line));
}

/** A file as a URL of this page; whoever asks for it lets it go (URL.revokeObjectURL). */
export const file = async path => URL.createObjectURL(await (await send("GET", path)).blob());

/** The path of an experiment, or of one of its trials. */
export const experimentPath = (id, trial) => `experiments/${encodeURIComponent(id)}${trial === undefined ? "" : `/trials/${trial}`}`;

async function send(method, path) {
  const token = sessionStorage.getItem(tokenKey);
  const signal = AbortSignal.timeout(30_000);
  const response = await fetch(`${root}/${path}`, { method, signal, headers: token ? { Authorization: `Bearer ${token}` } : {} });
  if (response.ok) return response;
  const body = await response.json().catch(() => null);
  throw new ApiError(response.status, body?.errors?.join(" ") ?? `The coordinator answered ${response.status}.`);
}
