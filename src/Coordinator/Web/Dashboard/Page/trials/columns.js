// @ts-check
// A sweep's trials as columns of numbers: one row a trial, one typed array a value. Words are codes into a list; NaN is no value.

import { unpacked } from './packed.js';

/** @typedef {{ star: boolean, note: string, tags: string[] }} Mark */
/** @typedef {(number | null)[] | import('./packed.js').Packed} Numbers */
/** @typedef {Numbers | { words: string[], codes: Numbers }} Sent */
/**
 * @typedef {{ sweep: string, revision: string, since?: string, whole: boolean, columns: Record<string, Sent>, metrics: Record<string, Sent>,
 *   parameters: Record<string, Sent>, constant?: Record<string, unknown>, marks?: Record<string, Mark> }} Sheet
 *   as the coordinator sends it; a revision is RUN-N
 */
/** @typedef {'trial' | 'metric' | 'parameter'} Part */

// As conditions call them; an `epochs` beside it is the hyperparameter.
const Renamed = /** @type {Record<string, string>} */ ({ epochs: 'epochs_run', seconds: 'took' });

const Star = Object.freeze({ star: false, note: '', tags: /** @type {string[]} */ ([]) });

/** One value of all trials. */
export class Column {
  /** @param {string} name @param {Part} part @param {boolean} isWords @param {number} room */
  constructor(name, part, isWords, room) {
    this.name = name;
    this.part = part;
    this.isWords = isWords;
    /** @type {string[]} */
    this.words = [];
    this.values = new Float64Array(room).fill(NaN);
  }

  /** @param {number} row @returns {string | number | null} */
  at(row) {
    const value = this.values[row];
    if (Number.isNaN(value)) return null;
    return this.isWords ? this.words[value] : value;
  }

  /** @param {number} room */
  grow(room) {
    const wider = new Float64Array(room).fill(NaN);
    wider.set(this.values);
    this.values = wider;
  }

  /** @param {string} word @returns {number} */
  codeOf(word) {
    const known = this.words.indexOf(word);
    return known >= 0 ? known : this.words.push(word) - 1;
  }
}

/** All trials of one sweep. */
export class Trials {
  /** @param {Sheet} sheet a whole one */
  constructor(sheet) {
    this.sweep = sheet.sweep;
    this.revision = '';
    this.size = 0;
    /** Counts what was taken in: whoever remembers something of the trials asks whether it still holds. */
    this.version = 0;
    /** @type {Map<string, Column>} */
    this.columns = new Map();
    /** @type {Map<number, Mark>} */
    this.marks = new Map();
    /** @type {Record<string, unknown>} */
    this.constant = sheet.constant ?? {};
    /** Rows in the leaderboard's order, best first; those without a place come after `ranked`. */
    this.order = new Int32Array(0);
    this.ranked = 0;
    this.rows = new Int32Array(0);
    this.take(sheet);
  }

  /** @param {string} name @returns {Column | undefined} */
  column(name) {
    return this.columns.get(name);
  }

  /** @param {string} name @returns {Column} one that every sweep has */
  own(name) {
    const column = this.columns.get(name);
    if (!column) throw new Error(`The trials have no ${name}.`);
    return column;
  }

  /** @param {Part} part @returns {Column[]} */
  of(part) {
    return [...this.columns.values()].filter(column => column.part === part);
  }

  /** @param {number} number of the trial @returns {number} its row; -1 where it isn't known */
  rowOf(number) {
    return number < this.rows.length ? this.rows[number] : -1;
  }

  /** @param {number} row */
  numberOf(row) {
    return this.own('number').values[row];
  }

  /** @param {number} number @returns {Mark} */
  markOf(number) {
    return this.marks.get(number) ?? Star;
  }

  /**
   * Takes in a whole sheet or what has changed since: known trials change in place, new ones are added.
   * @param {Sheet} sheet
   */
  take(sheet) {
    const rows = this.#place(unpacked(/** @type {Numbers} */ (sheet.columns.number)));
    const isAll = rows.length === this.size && rows.every((row, at) => row === at);
    for (const [part, columns] of /** @type {[Part, Record<string, Sent>][]} */ ([
      ['trial', sheet.columns],
      ['metric', sheet.metrics],
      ['parameter', sheet.parameters],
    ]))
      for (const [name, sent] of Object.entries(columns)) this.#write(part === 'trial' ? (Renamed[name] ?? name) : name, part, sent, rows, isAll);
    for (const [number, mark] of Object.entries(sheet.marks ?? {})) this.marks.set(Number(number), mark);
    this.#order(rows);
    if (sheet.whole && sheet.constant) this.constant = sheet.constant;
    this.revision = sheet.revision;
    this.version++;
  }

  /** @param {ArrayLike<number>} numbers @returns {Int32Array} their rows, made where there are none */
  #place(numbers) {
    let most = 0;
    for (let at = 0; at < numbers.length; at++) if (numbers[at] > most) most = numbers[at];
    if (most >= this.rows.length) {
      const wider = new Int32Array(Math.max(most + 1, Math.min(2 * most, most + 4096))).fill(-1);
      wider.set(this.rows);
      this.rows = wider;
    }
    const places = Int32Array.from(numbers, number => (this.rows[number] >= 0 ? this.rows[number] : (this.rows[number] = this.size++)));
    const room = this.columns.get('number')?.values.length ?? 0;
    if (this.size > room) this.columns.forEach(column => column.grow(Math.ceil(1.25 * this.size)));
    return places;
  }

  /** @param {string} name @param {Part} part @param {Sent} sent @param {Int32Array} rows @param {boolean} isAll of them, in their order */
  #write(name, part, sent, rows, isAll) {
    const known = this.columns.get(name);
    const column = known ?? new Column(name, part, 'words' in sent, 0);
    this.columns.set(name, column);
    const values = unpacked('words' in sent ? sent.codes : sent);
    if ('words' in sent) {
      const mine = sent.words.map(word => column.codeOf(word));
      for (let at = 0; at < values.length; at++) values[at] = mine[values[at]] ?? NaN;
    }
    if (!known && isAll) column.values = values;
    else {
      if (!known) column.grow(this.columns.get('number')?.values.length ?? this.size);
      for (let at = 0; at < rows.length; at++) column.values[rows[at]] = values[at];
    }
  }

  // Who has changed is taken out and put in again at its rank, lowest first: the others never change places among each other.
  /** @param {Int32Array} changed */
  #order(changed) {
    const rank = this.own('rank').values;
    const isChanged = new Uint8Array(this.size);
    for (const row of changed) isChanged[row] = 1;
    const stay = this.order.subarray(0, this.ranked).filter(row => !isChanged[row]);
    const come = changed.filter(row => !Number.isNaN(rank[row]));
    // Of all of them each has a place of its own, from 1 on.
    if (stay.length === 0) for (const row of come.slice()) come[rank[row] - 1] = row;
    else come.sort((one, other) => rank[one] - rank[other]);
    const order = new Int32Array(this.size);
    this.ranked = stay.length + come.length;
    for (let at = 0, s = 0, c = 0; at < this.ranked; at++) order[at] = c < come.length && (rank[come[c]] <= at + 1 || s >= stay.length) ? come[c++] : stay[s++];
    for (let at = 0; at < this.ranked; at++) rank[order[at]] = at + 1;
    let last = this.ranked;
    for (let row = 0; row < this.size; row++) if (Number.isNaN(rank[row])) order[last++] = row;
    this.order = order;
  }
}

/**
 * What is to be done with a change that was heard of.
 * @param {string} mine the revision that is known @param {Sheet} sheet
 * @returns {'take' | 'drop' | 'since' | 'whole'} `since`: one before it was missed; `whole`: it is of another run of the coordinator
 */
export function judge(mine, { revision, since, whole }) {
  if (whole) return 'take';
  const [[run, number], [mineRun, mineNumber]] = [partsOf(revision), partsOf(mine)];
  if (run !== mineRun) return 'whole';
  if (number <= mineNumber) return 'drop';
  return since && partsOf(since)[1] > mineNumber ? 'since' : 'take';
}

/** @param {string} revision @returns {[string, number]} its run, and how many there were before it */
function partsOf(revision) {
  const at = revision.lastIndexOf('-');
  return [revision.slice(0, at), Number(revision.slice(at + 1))];
}
