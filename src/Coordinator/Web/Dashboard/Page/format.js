// @ts-check
// Figures, durations and moments as the terminal writes them.

/** Of what has no value. */
export const None = '–';

/**
 * A metric: four digits behind the point, fewer where it is large.
 * @param {number | null | undefined} value
 * @param {number} [digits]
 */
export function figure(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return None;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 10 ** -digits)) return minus(value.toExponential(2).replace('e+', 'e'));
  return minus(value.toFixed(size >= 1000 ? 0 : size >= 100 ? Math.min(1, digits) : digits));
}

/**
 * A parameter's value: as it is, long fractions cut to four digits that count.
 * @param {unknown} value
 * @returns {string}
 */
export function plain(value) {
  if (value === null || value === undefined) return None;
  if (typeof value !== 'number') return Array.isArray(value) ? `[${value.map(plain).join(', ')}]` : String(value);
  if (!Number.isFinite(value)) return figure(value);
  if (value !== 0 && Math.abs(value) < 1e-4) return minus(Number(value.toPrecision(4)).toExponential());
  const exact = String(value);
  return minus((exact.length > 8 && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : exact).replace('e+', 'e'));
}

/** @param {number | null | undefined} value @returns {string} 12,345 */
export const count = value => (value === null || value === undefined ? None : value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ','));

/** @param {number} number @param {string} one what is counted @param {string} [many] @returns {string} 1 trial, 12 trials */
export const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** @param {number | null | undefined} value from 0 to 1 @param {number} [digits] */
export const share = (value, digits = 1) => (value === null || value === undefined ? None : `${(100 * value).toFixed(digits)} %`);

/** @param {number | null | undefined} seconds */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return None;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${seconds.toFixed(0)} s`;
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  if (seconds < 3599.5) return `${Math.floor(Math.round(seconds) / 60)} min ${two(Math.round(seconds) % 60)} s`;
  const minutes = Math.floor((seconds + 30) / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** About as long: one unit. @param {number | null | undefined} seconds */
export function roughly(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return None;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  if (seconds < 3570) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(Math.round(seconds / 60) / 60)} h ${Math.round(seconds / 60) % 60} min`;
  return `${Math.round(seconds / 86400)} days`;
}

/** @param {string | null | undefined} at ISO 8601 @returns {string} by this machine's clock, with its zone */
export function moment(at) {
  const date = at ? new Date(at) : null;
  if (!date || Number.isNaN(date.getTime())) return None;
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const zone = -date.getTimezoneOffset();
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${clock} ${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}:${two(Math.abs(zone) % 60)}`;
}

/** @param {string | null | undefined} at ISO 8601 @param {number} [now] in milliseconds @returns {string} 3 min ago */
export function ago(at, now = Date.now()) {
  const seconds = at ? (now - new Date(at).getTime()) / 1000 : NaN;
  if (Number.isNaN(seconds)) return None;
  return seconds < 5 ? 'just now' : `${roughly(seconds)} ago`;
}

/** @param {number} size */
export const bytes = size => (size < 10_000 ? `${count(size)} bytes` : size < 1e7 ? `${count(size / 1e3)} kB` : `${count(size / 1e6)} MB`);

/** @param {string} name of a metric or parameter @returns {string} its words */
export const words = name => name.replaceAll('_', ' ');

/** @param {string} text */
const minus = text => text.replace('-', '−').replace('e−', 'e-');

/** How states show: by sign, so that colour is not all. @type {Record<string, { sign: string, tone: string }>} */
const States = {
  running: { sign: '●', tone: 'live' },
  starting: { sign: '●', tone: 'live' },
  ending: { sign: '◐', tone: 'live' },
  waiting: { sign: '○', tone: 'soft' },
  paused: { sign: '‖', tone: 'soft' },
  completed: { sign: '✓', tone: 'good' },
  finished: { sign: '✓', tone: 'good' },
  failed: { sign: '✗', tone: 'bad' },
  lost: { sign: '✗', tone: 'bad' },
  diverged: { sign: '∿', tone: 'bad' },
  pruned: { sign: '✂', tone: 'soft' },
  stopped: { sign: '■', tone: 'soft' },
  cancelled: { sign: '■', tone: 'soft' },
  timed_out: { sign: '⧖', tone: 'bad' },
};

/** @param {string} state @returns {{ sign: string, tone: string, word: string }} */
export const stateOf = state => ({ ...(States[state] ?? { sign: '·', tone: 'soft' }), word: words(state) });
