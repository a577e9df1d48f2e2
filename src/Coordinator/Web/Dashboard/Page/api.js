// @ts-check
// The one way to the coordinator: answers, problems, events. The token stays in this tab.

const Key = 'fashionsweep.token';

/** What a coordinator says when it turns down, and what is said in its place where it can't be reached. */
export class Problem extends Error {
  /** @param {number} status of HTTP; 0 where nobody answered @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** @typedef {{ method?: 'GET' | 'POST' | 'PUT' | 'DELETE', body?: unknown, signal?: AbortSignal }} Options */
/** @typedef {Record<string, string | number | null | undefined>} Query */

/** @type {Set<() => void>} */
const askers = new Set();

/**
 * Calls when the coordinator wants a token that this tab doesn't have.
 * @param {() => void} asker
 */
export const onToken = asker => askers.add(asker);

/** @param {string} token */
export const useToken = token => sessionStorage.setItem(Key, token);

/**
 * @param {string} path under `v1/`
 * @param {Query} [query] empty values are left out
 */
export function address(path, query = {}) {
  const stated = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(stated.map(([key, value]) => [key, String(value)])).toString();
  return `v1/${path}${search ? `?${search}` : ''}`;
}

/**
 * Asks and reads the answer.
 * @param {string} path under `v1/`
 * @param {Query} [query]
 * @param {Options} [options] a body is sent as JSON
 * @returns {Promise<any>} null where the answer has no body
 * @throws {Problem}
 */
export async function call(path, query, options = {}) {
  const response = await send(address(path, query), options);
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(response.status, 'The answer is no JSON: is something else at this address?');
  }
}

/**
 * A file behind the token, as a link that a click saves.
 * @param {string} path under `v1/`
 * @param {Query} [query]
 * @returns {Promise<Blob>}
 */
export const blob = async (path, query) => (await send(address(path, query), {})).blob();

/**
 * @param {string} target
 * @param {Options & { headers?: Record<string, string> }} options
 * @returns {Promise<Response>}
 */
export async function send(target, { method = 'GET', body, signal, headers = {} }) {
  const token = sessionStorage.getItem(Key);
  /** @type {Record<string, string>} */
  const all = { ...headers, ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  let response;
  try {
    response = await fetch(target, { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new Problem(0, 'The coordinator can’t be reached: it may have been stopped.');
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => null);
  if (response.status === 401) {
    sessionStorage.removeItem(Key);
    for (const asker of askers) asker();
  }
  throw new Problem(response.status, said?.detail ?? `The coordinator answered ${response.status}.`);
}
