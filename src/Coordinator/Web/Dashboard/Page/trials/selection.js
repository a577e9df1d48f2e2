// @ts-check
// The one selection of a page. What is asked for (a condition, the top) says which trials there are to look at: the pool.
// Brushes say which of them are meant: the shown. A filter that changes costs one pass over its own column, and nothing is ever sorted.

/** @typedef {import('./columns.js').Trials} Trials */
/** @typedef {import('./columns.js').Column} Column */
/**
 * @typedef {{ low?: number, high?: number, words?: string[], unset?: boolean }} Brush a range or some words, and whether those without a value are meant as
 *   well
 */
/** @typedef {(row: number) => boolean} Test */

/** A selection over the trials of a sweep. */
export class Selection {
  /** @param {Trials} trials */
  constructor(trials) {
    this.trials = trials;
    /** How many of the wide filters a trial does not pass, and how many of the brushes. */
    this.outside = new Uint8Array(trials.size);
    this.unbrushed = new Uint8Array(trials.size);
    /** @type {Map<string, { test: Test, isWide: boolean, fails: Uint8Array }>} */
    this.filters = new Map();
    /** @type {Map<string, Brush>} by column */
    this.brushes = new Map();
    this.pool = trials.size;
    this.shown = trials.size;
    /** Counts the changes of the pool: what is worked out of it alone holds as long. */
    this.poolVersion = 0;
    this.version = 0;
    /** The row that is pointed at; -1 where none is. */
    this.hot = -1;
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    /** @type {Set<(row: number) => void>} */
    this.hotWatchers = new Set();
  }

  /** @param {number} row */
  isPool(row) {
    return this.outside[row] === 0;
  }

  /** @param {number} row */
  isShown(row) {
    return this.outside[row] === 0 && this.unbrushed[row] === 0;
  }

  /** Whether something is brushed. */
  get isBrushed() {
    return this.brushes.size > 0;
  }

  /**
   * Narrows or widens the pool.
   * @param {string} key
   * @param {Test | null} test
   */
  ask(key, test) {
    this.#put(key, test, true);
    this.#tell();
  }

  /**
   * @param {string} name of the column
   * @param {Brush | null} brush
   */
  brush(name, brush) {
    this.#setBrush(name, brush);
    this.#tell();
  }

  /** Several at once: a box is a brush on each of its sides. @param {Record<string, Brush | null>} brushes */
  brushAll(brushes) {
    for (const [name, brush] of Object.entries(brushes)) this.#setBrush(name, brush);
    this.#tell();
  }

  /** After the trials have changed: every filter anew. */
  renew() {
    const { size } = this.trials;
    [this.outside, this.unbrushed] = [new Uint8Array(size), new Uint8Array(size)];
    const filters = [...this.filters];
    this.filters.clear();
    for (const [key, { test, isWide }] of filters) this.#put(key, test, isWide);
    this.poolVersion++;
    this.#tell();
  }

  /** @param {number} row -1 for none */
  point(row) {
    if (row === this.hot) return;
    this.hot = row;
    for (const watcher of this.hotWatchers) watcher(row);
  }

  /** @param {() => void} watcher @returns {() => void} ends it */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** @param {(row: number) => void} watcher @returns {() => void} ends it */
  watchHot(watcher) {
    this.hotWatchers.add(watcher);
    return () => this.hotWatchers.delete(watcher);
  }

  /**
   * The first of the shown, in an order.
   * @param {Int32Array} order rows
   * @param {number} [most]
   * @returns {number[]} rows
   */
  first(order, most = Infinity) {
    const found = [];
    for (let at = 0; at < order.length && found.length < most; at++) if (this.isShown(order[at])) found.push(order[at]);
    return found;
  }

  /** @param {string} name @param {Brush | null} brush */
  #setBrush(name, brush) {
    const column = this.trials.column(name);
    if (!column || !brush) this.brushes.delete(name);
    else this.brushes.set(name, brush);
    this.#put(`brush ${name}`, column && brush ? testOf(column, brush) : null, false);
  }

  /** @param {string} key @param {Test | null} test @param {boolean} isWide */
  #put(key, test, isWide) {
    const counts = isWide ? this.outside : this.unbrushed;
    const before = this.filters.get(key)?.fails;
    const { size } = this.trials;
    if (before) for (let row = 0; row < before.length; row++) counts[row] -= before[row];
    if (isWide) this.poolVersion++;
    if (!test) {
      this.filters.delete(key);
      return;
    }
    const fails = new Uint8Array(size);
    for (let row = 0; row < size; row++) {
      if (test(row)) continue;
      fails[row] = 1;
      counts[row]++;
    }
    this.filters.set(key, { test, isWide, fails });
  }

  #tell() {
    let [pool, shown] = [0, 0];
    for (let row = 0; row < this.outside.length; row++) {
      if (this.outside[row] !== 0) continue;
      pool++;
      if (this.unbrushed[row] === 0) shown++;
    }
    [this.pool, this.shown] = [pool, shown];
    this.version++;
    for (const watcher of this.watchers) watcher();
  }
}

/** @param {Column} column @param {Brush} brush @returns {Test} */
export function testOf(column, { low, high, words, unset = false }) {
  // Read at each row: the column may have got longer, and another array.
  if (words) {
    const codes = new Set(words.map(word => column.codeOf(word)));
    return row => codes.has(column.values[row]) || (unset && Number.isNaN(column.values[row]));
  }
  if (low === undefined || high === undefined) return row => unset && Number.isNaN(column.values[row]);
  return row => {
    const value = column.values[row];
    return (value >= low && value <= high) || (unset && Number.isNaN(value));
  };
}

/** @param {Brush} brush @returns {string} as it stands in the address */
export function brushText({ low, high, words, unset }) {
  const range = low === undefined || high === undefined ? [] : [`${Number(low.toPrecision(6))}..${Number(high.toPrecision(6))}`];
  return [...range, ...(words ?? []).map(word => `=${encodeURIComponent(word)}`), ...(unset ? ['-'] : [])].join('|');
}

/** @param {string} text @returns {Brush | null} */
export function readBrush(text) {
  /** @type {Brush} */
  const brush = {};
  for (const part of text.split('|')) {
    const range = /^(.+)\.\.(.+)$/.exec(part);
    if (part === '-') brush.unset = true;
    else if (part.startsWith('=')) (brush.words ??= []).push(unescaped(part.slice(1)));
    else if (range && !Number.isNaN(Number(range[1])) && !Number.isNaN(Number(range[2]))) [brush.low, brush.high] = [Number(range[1]), Number(range[2])];
  }
  return brush.words || brush.low !== undefined || brush.unset ? brush : null;
}

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
