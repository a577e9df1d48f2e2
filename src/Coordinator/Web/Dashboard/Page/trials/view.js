// @ts-check
// What every chart of a sweep looks at: its trials, what is selected of them, and how good each is.

import { scaleOf } from '../charts/scale.js';
import { count } from '../format.js';

/** @typedef {import('./columns.js').Trials} Trials */
/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('./names.js').Names} Names */
/** @typedef {import('./names.js').Sweep} Sweep */
/** @typedef {import('./selection.js').Selection} Selection */
/** @typedef {import('../charts/scale.js').Scale} Scale */

/** One sweep as it is looked at. */
export class View {
  /**
   * @param {Sweep} sweep @param {Trials} trials @param {Selection} selection @param {Names} names
   * @param {Map<string, string>} choices how charts are to be shown, by what is chosen: `axes`, `scatter.x`, `log.learning_rate`
   */
  constructor(sweep, trials, selection, names, choices) {
    this.sweep = sweep;
    this.choices = choices;
    this.trials = trials;
    this.selection = selection;
    this.names = names;
    this.goodness = new Float32Array(0);
    this.goodnessVersion = -1;
    /** @type {{ key: string, rows: Int32Array }} */
    this.painted = { key: '', rows: new Int32Array(0) };
    /** @type {Map<string, { version: string, scale: Scale, places: Float32Array | null }>} */
    this.scales = new Map();
    /** @type {Map<string, { version: number, rows: Int32Array }>} */
    this.orders = new Map();
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    /** Opens a trial; nothing where trials have no page. @type {(row: number) => void} */
    this.open = () => {};
    /** The address of a trial's page, where it has one. @type {(row: number) => string | null} */
    this.addressOf = () => null;
    selection.watch(() => this.tell());
  }

  /** @param {string} key @param {string} [otherwise] */
  choice(key, otherwise = '') {
    return this.choices.get(key) ?? otherwise;
  }

  /** @param {string} key @param {string} value empty for what it is unless chosen */
  choose(key, value) {
    if (value) this.choices.set(key, value);
    else this.choices.delete(key);
    this.tell();
  }

  /** Calls when anything has changed: trials, selection or choices. @param {() => void} watcher @returns {() => void} ends it */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  tell() {
    for (const watcher of this.watchers) watcher();
  }

  /** @param {string} name of a column @returns {boolean | null} whether its axis is logarithmic; null: as its values ask for */
  isLog(name) {
    const chosen = this.choice(`log.${name}`);
    return chosen ? chosen === 'yes' : this.names.isLog(name);
  }

  /** The metric that ranks. @returns {Column} */
  get metric() {
    return this.trials.own(this.names.metric);
  }

  /** By row, from 0, the last place, to 1, the first; NaN without a place. */
  get goods() {
    if (this.goodnessVersion === this.trials.version) return this.goodness;
    const { order, ranked, size } = this.trials;
    this.goodness = new Float32Array(size).fill(NaN);
    for (let at = 0; at < ranked; at++) this.goodness[order[at]] = ranked === 1 ? 1 : 1 - at / (ranked - 1);
    this.goodnessVersion = this.trials.version;
    return this.goodness;
  }

  /** The rows that are shown, the last place first: who paints them in this order has the best on top. @returns {Int32Array} */
  get shown() {
    const { trials, selection } = this;
    const key = `${trials.version} ${selection.version}`;
    if (this.painted.key === key) return this.painted.rows;
    const rows = new Int32Array(selection.shown);
    const { outside, unbrushed } = selection;
    const { order } = trials;
    for (let at = trials.size - 1, next = 0; at >= 0; at--) {
      const row = order[at];
      if (outside[row] === 0 && unbrushed[row] === 0) rows[next++] = row;
    }
    this.painted = { key, rows };
    return rows;
  }

  /** Over the pool: what is asked for sets how far axes reach, what is brushed does not. @param {Column} column @returns {Scale} */
  scale(column) {
    return this.#scaled(column).scale;
  }

  /** By row, where its value lies on the column's scale; NaN where it has none. @param {Column} column @returns {Float32Array} */
  places(column) {
    const known = this.#scaled(column);
    if (!known.places) {
      known.places = new Float32Array(this.trials.size);
      for (let row = 0; row < known.places.length; row++) known.places[row] = known.scale.place(column.values[row]);
    }
    return known.places;
  }

  /** All rows that have a value, the least first: sorted once for each state of the trials. @param {Column} column @returns {Int32Array} */
  sorted(column) {
    const known = this.orders.get(column.name);
    if (known?.version === this.trials.version) return known.rows;
    const { values } = column;
    const rows = Int32Array.from({ length: this.trials.size }, (_, row) => row).filter(row => !Number.isNaN(values[row]));
    if (column.isWords) rows.sort((one, other) => column.words[values[one]].localeCompare(column.words[values[other]], 'en', { numeric: true }));
    else rows.sort((one, other) => values[one] - values[other]);
    this.orders.set(column.name, { version: this.trials.version, rows });
    return rows;
  }

  /**
   * Those that are shown, in an order that was sorted before; trials without a value come last, whichever way it goes.
   * @param {string} name of a column; `rank` for the leaderboard's order
   * @param {boolean} isDown
   * @returns {Int32Array} rows
   */
  ordered(name, isDown) {
    const { trials, selection } = this;
    const column = trials.column(name) ?? trials.own('rank');
    const sorted = column.name === 'rank' ? trials.order.subarray(0, trials.ranked) : this.sorted(column);
    const rows = new Int32Array(selection.shown);
    let next = 0;
    for (let at = 0; at < sorted.length && next < rows.length; at++) {
      const row = sorted[isDown ? sorted.length - 1 - at : at];
      if (selection.isShown(row)) rows[next++] = row;
    }
    for (let row = trials.size - 1; row >= 0 && next < rows.length; row--) if (Number.isNaN(column.values[row]) && selection.isShown(row)) rows[next++] = row;
    return rows;
  }

  /** @param {Column} column @returns {{ version: string, scale: Scale, places: Float32Array | null }} */
  #scaled(column) {
    const { trials, selection, names } = this;
    const isLog = this.isLog(column.name);
    const version = `${trials.version} ${selection.poolVersion} ${isLog}`;
    const known = this.scales.get(column.name);
    if (known?.version === version) return known;
    const scale = scaleOf(column, row => selection.isPool(row), trials.size, { isLog, text: value => names.tick(column, value) });
    const found = { version, scale, places: null };
    this.scales.set(column.name, found);
    return found;
  }

  /** The parameters that vary, as the sweep has them in its file, then others. @returns {Column[]} */
  get parameters() {
    const described = [...this.names.parameters.keys()];
    const place = (/** @type {Column} */ column) => (described.indexOf(column.name) + described.length + 1) % (described.length + 1);
    return this.trials.of('parameter').sort((one, other) => place(one) - place(other));
  }

  /** Metrics that any trial has, the one that ranks first. @returns {Column[]} */
  get metrics() {
    return this.trials
      .of('metric')
      .filter(column => column.name === this.names.metric || hasAny(column, this.trials.size))
      .sort((one, other) => Number(other.name === this.names.metric) - Number(one.name === this.names.metric));
  }

  /** How many and of which: for what charts say of themselves. */
  get over() {
    const { shown, pool } = this.selection;
    const all = count(this.trials.size);
    if (shown === this.trials.size) return `all ${all} trials`;
    return shown === pool ? `${count(shown)} of ${all} trials` : `${count(shown)} brushed of ${all} trials`;
  }

  /** @param {number} row */
  trialAt(row) {
    return `trial ${this.trials.numberOf(row)}`;
  }

  /** @param {number} row @returns {number} its metric */
  worth(row) {
    return this.metric.values[row];
  }

  /** @param {number} row */
  worthText(row) {
    return this.names.text(this.metric, this.worth(row));
  }
}

/** @param {Column} column @param {number} size */
function hasAny(column, size) {
  for (let row = 0; row < size; row++) if (!Number.isNaN(column.values[row])) return true;
  return false;
}
