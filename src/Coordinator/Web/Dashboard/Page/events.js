// @ts-check
// Events as they happen: one stream of a page, taken up where it broke.

import { address, Problem, send } from './api.js';

/** @typedef {{ type: string, id: string, data: any }} Heard */
/** @typedef {'connecting' | 'live' | 'away'} Link */

// The coordinator says something every 15 s. Silence for three times as long is a line that broke without a word.
const Silence = 45_000;
const [FirstWait, LongestWait] = [500, 8_000];

/** @type {Set<(link: Link) => void>} */
const watchers = new Set();

/** @param {(link: Link) => void} watcher called with how the page's stream stands */
export const watchLink = watcher => watchers.add(watcher);

/**
 * Hears a coordinator's events until it is ended; of one sweep, or of all. After a break it goes on behind the last that was heard.
 * @param {string | null} sweep
 * @param {Record<string, (data: any) => void>} handlers by type; those of `reset` are told to ask for the whole again
 * @returns {() => void} ends it
 */
export function follow(sweep, handlers) {
  const life = new AbortController();
  let last = '';
  let wait = FirstWait;
  const heard = (/** @type {Heard} */ event) => {
    if (event.id) last = event.id;
    wait = FirstWait;
    handlers[event.type]?.(event.data);
  };
  const run = async () => {
    while (!life.signal.aborted) {
      try {
        await listen(address('dashboard/events', { sweep }), last, life.signal, heard);
      } catch (fault) {
        if (life.signal.aborted) return;
        tell('away');
        // Without its token, or where it has no events, asking again changes nothing soon.
        if (fault instanceof Problem && fault.status >= 400 && fault.status < 500) wait = LongestWait;
      }
      await pause(wait * (0.75 + Math.random() / 2), life.signal);
      wait = Math.min(LongestWait, 2 * wait);
    }
  };
  tell('connecting');
  run();
  return () => life.abort();
}

/**
 * Cuts a stream of events into events.
 * @param {(event: Heard) => void} heard
 * @returns {(text: string) => void} takes the text piece by piece, cut anywhere
 */
export function reader(heard) {
  let rest = '';
  let event = { type: 'message', id: '', data: '' };
  const line = (/** @type {string} */ text) => {
    if (text === '') {
      if (event.data) heard({ ...event, data: JSON.parse(event.data.slice(0, -1)) });
      event = { type: 'message', id: '', data: '' };
    } else if (!text.startsWith(':')) {
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(text) ?? [];
      if (field === 'data') event.data += `${value}\n`;
      if (field === 'event') event.type = value;
      if (field === 'id') event.id = value;
    }
  };
  return text => {
    const lines = (rest + text).split(/\r\n|\n/);
    rest = lines.pop() ?? '';
    lines.forEach(line);
  };
}

/** @param {string} target @param {string} last @param {AbortSignal} signal @param {(event: Heard) => void} heard */
async function listen(target, last, signal, heard) {
  const line = new AbortController();
  const end = () => line.abort();
  signal.addEventListener('abort', end, { once: true });
  let watch = setTimeout(end, Silence);
  try {
    const headers = { Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) };
    const response = await send(target, { headers, signal: line.signal });
    tell('live');
    const read = reader(heard);
    const pieces = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const text = new TextDecoder();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      clearTimeout(watch);
      watch = setTimeout(end, Silence);
      read(text.decode(piece.value, { stream: true }));
    }
    if (!signal.aborted) tell('away');
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', end);
  }
}

/** @param {number} time in milliseconds @param {AbortSignal} signal */
const pause = (time, signal) =>
  new Promise(resolve => {
    const timer = setTimeout(done, time);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve(null);
    }
    signal.addEventListener('abort', done);
  });

/** @param {Link} link */
const tell = link => {
  for (const watcher of watchers) watcher(link);
};
