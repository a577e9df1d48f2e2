// @ts-check
// What a condition may name, of which kind it is, and what it is worth in a trial.

/** @typedef {'any' | 'number' | 'text' | 'flag' | 'list'} Kind */
/** @typedef {number | string | boolean | null | unknown[]} Value null where there is none */
/** @typedef {{ name: string, kind: Kind, words: string[] | null, value: (row: number) => Value }} Known `words` where it is never another */
/** @typedef {import('./columns.js').Trials} Trials */

// Those of the trial's own that --where knows.
const Own = ['number', 'state', 'attempt', 'node', 'best_epoch', 'epochs_run'];

/**
 * @param {Trials} trials
 * @param {{ name: string, words?: string[] | null }[]} parameters as the sweep describes them
 * @returns {Map<string, Known>}
 */
export function vocabularyOf(trials, parameters) {
  /** @type {Map<string, Known>} */
  const known = new Map();
  const columns = [...trials.of('metric'), ...trials.of('trial').filter(column => Own.includes(column.name)), ...trials.of('parameter')];
  for (const column of columns) {
    const { name } = column;
    if (!column.isWords) {
      known.set(name, { name, kind: 'number', words: null, value: row => numberOrNull(column.values[row]) });
      continue;
    }
    /** @type {Value[]} */
    const values = [];
    const valueOf = (/** @type {number} */ code) => (values[code] === undefined ? (values[code] = valueOfText(column.words[code])) : values[code]);
    const described = parameters.find(parameter => parameter.name === name)?.words ?? null;
    known.set(name, {
      name,
      kind: kindOfAll(column.words.map(valueOfText)),
      words: described,
      value: row => (Number.isNaN(column.values[row]) ? null : valueOf(column.values[row])),
    });
  }
  for (const [name, value] of Object.entries(trials.constant))
    if (!known.has(name)) known.set(name, { name, kind: kindOf(/** @type {Value} */ (value)), words: null, value: () => /** @type {Value} */ (value) });
  return known;
}

/** @param {Value | undefined} value @returns {Kind} */
export const kindOf = value =>
  typeof value === 'number' ? 'number' : typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'flag' : Array.isArray(value) ? 'list' : 'any';

/** @param {Kind} kind */
export const wordingOf = kind => ({ number: 'a number', text: 'a text', flag: 'true or false', list: 'a list', any: 'a value' })[kind];

/** @param {Value} one @param {Value} other @returns {boolean} */
export const areEqual = (one, other) =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((item, at) => areEqual(/** @type {Value} */ (item), /** @type {Value} */ (other[at])))
    : one === other;

/** @param {Value[]} values @returns {Kind} */
function kindOfAll(values) {
  const kinds = new Set(values.map(kindOf));
  return kinds.size === 1 ? [...kinds][0] : kinds.size === 0 ? 'any' : kinds.has('text') ? 'text' : 'any';
}

/** @param {string} text @returns {Value} */
function valueOfText(text) {
  if (text === 'true' || text === 'false') return text === 'true';
  if (!text.startsWith('[')) return text;
  try {
    // Lists are written without quotes.
    return JSON.parse(text.replace(/[A-Za-z_][\w ()-]*/g, word => JSON.stringify(word)));
  } catch {
    return text;
  }
}

/** @param {number} value */
const numberOrNull = value => (Number.isNaN(value) ? null : value);

/** The known name that is nearest to what was written; none where none is near. @param {string} written @param {string[]} names */
export function nearest(written, names) {
  const most = Math.max(1, Math.floor(written.length / 3));
  const near = names.map(name => ({ name, edits: edits(written.toLowerCase(), name.toLowerCase()) })).filter(({ edits }) => edits <= most);
  return near.sort((one, other) => one.edits - other.edits)[0]?.name ?? null;
}

/** @param {string} from @param {string} to @returns {number} letters added, left out, changed or swapped */
function edits(from, to) {
  if (from.length > 64 || to.length > 64) return Infinity;
  const rows = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      rows[i][j] = Math.min(rows[i - 1][j - 1] + (isSame ? 0 : 1), rows[i - 1][j] + 1, rows[i][j - 1] + 1, isSwap ? rows[i - 2][j - 2] + 1 : Infinity);
    }
  }
  return rows[from.length][to.length];
}
