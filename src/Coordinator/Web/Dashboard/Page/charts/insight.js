// @ts-check
// What stands out, in a sentence.

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {{ text: string, lift: number }} Trait */

const Fewest = 12;
// So many of all say well enough how frequent something is.
const Sample = 1000;

/** What the best have in common that the others have not. @param {View} view @returns {string} */
export function bestOf(view) {
  const { trials, selection, shown, goods } = view;
  let from = 0;
  while (from < shown.length && Number.isNaN(goods[shown[from]])) from++;
  // The best last.
  const ranked = shown.subarray(from);
  const best = ranked[ranked.length - 1];
  if (ranked.length === 0) return selection.shown === 0 ? 'Nothing is selected: no trial is in all of the brushes.' : 'No trial has ended yet.';
  const place = selection.shown === trials.size ? 'first' : 'the best of these';
  const first = `Trial ${trials.numberOf(best)} is ${place}, with ${view.names.label(view.names.metric)} ${view.worthText(best)}`;
  if (ranked.length < Fewest) return `${first}.`;
  const top = [...ranked.subarray(-Math.max(5, Math.min(20, Math.round(ranked.length / 20))))];
  const each = Math.max(1, Math.floor(ranked.length / Sample));
  const sample = Array.from({ length: Math.floor(ranked.length / each) }, (_, at) => ranked[at * each]);
  const traits = view.parameters
    .map(column => traitOf(view, column, top, sample))
    .filter(trait => trait !== null)
    .sort((one, other) => other.lift - one.lift)
    .slice(0, 2);
  return traits.length === 0
    ? `${first}. The best ${top.length} have nothing in common that stands out.`
    : `${first}. Of the best ${top.length}, ${traits.map(trait => trait.text).join(', and ')}.`;
}

/** @param {View} view @param {Column} column @param {number[]} top @param {number[]} all @returns {Trait | null} */
function traitOf(view, column, top, all) {
  const label = view.names.label(column.name);
  const has = top.filter(row => !Number.isNaN(column.values[row]));
  if (has.length < 0.8 * top.length) return null;
  if (column.isWords) {
    const code = mode(has.map(row => column.values[row]));
    const many = has.filter(row => column.values[row] === code).length;
    const lift = many / top.length - shareOf(all, row => column.values[row] === code);
    return many >= 0.7 * top.length && lift > 0.2 ? { text: `${allOr(many, top.length)} ${label} ${column.words[code]}`, lift } : null;
  }
  const values = has.map(row => column.values[row]).sort((one, other) => one - other);
  // One that lies apart is left out on each side where there are enough.
  const [low, high] = top.length >= 10 ? [values[1], values[values.length - 2]] : [values[0], values[values.length - 1]];
  const many = values.filter(value => value >= low && value <= high).length;
  const share = shareOf(all, row => column.values[row] >= low && column.values[row] <= high);
  const scale = view.scale(column);
  const [from, to] = [scale.place(low) < 0.08, scale.place(high) > 0.92];
  const text = (/** @type {number} */ value) => view.names.text(column, Number.isInteger(value) ? value : Number(value.toPrecision(2)));
  const range = low === high ? text(low) : from ? `of at most ${text(high)}` : to ? `of at least ${text(low)}` : `between ${text(low)} and ${text(high)}`;
  return share < 0.6 ? { text: `${allOr(many, top.length)} ${label} ${range}`, lift: 1 - share } : null;
}

/** @param {number} many @param {number} all */
const allOr = (many, all) => (many === all ? 'all have' : `${many} have`);

/** @param {number[]} rows @param {(row: number) => boolean} test */
const shareOf = (rows, test) => rows.reduce((sum, row) => sum + Number(test(row)), 0) / rows.length;

/** @param {number[]} values @returns {number} the most frequent */
function mode(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0][0];
}

/**
 * How two go together, as they lie on their axes.
 * @param {Float32Array} xs by row
 * @param {Float32Array} ys
 * @param {(row: number) => boolean} isMeant
 * @returns {{ strength: number, many: number }} Pearson's, from -1 to 1
 */
export function together(xs, ys, isMeant) {
  let [many, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < xs.length; row++) {
    if (Number.isNaN(xs[row]) || Number.isNaN(ys[row]) || !isMeant(row)) continue;
    many++;
    x += xs[row];
    y += ys[row];
    xx += xs[row] ** 2;
    yy += ys[row] ** 2;
    xy += xs[row] * ys[row];
  }
  const spread = Math.sqrt((many * xx - x * x) * (many * yy - y * y));
  return { strength: spread > 0 ? (many * xy - x * y) / spread : 0, many };
}
