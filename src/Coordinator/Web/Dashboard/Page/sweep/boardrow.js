// @ts-check
// A row of the leaderboard.

import { make } from '../dom.js';
import { stateOf } from '../format.js';
import { href } from '../route.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {import('./board.js').Options} Options */

const Widest = 240;
const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/** @param {Column} column */
export const isNumber = column => !column.isWords;

/**
 * Fixed, so that rows can be swapped without laying out the whole table: by the head and some of the values.
 * @param {View} view
 * @param {Column} column
 * @returns {number} pixels
 */
export function widthOf({ names, trials }, column) {
  const values = [column.part === 'parameter' ? 'not set' : '', ...column.words];
  for (let at = 0; at < Math.min(60, trials.size); at++) values.push(names.text(column, column.values[trials.order[at]]));
  const sign = column.name === 'state' ? 26 : 0;
  return Math.min(Widest, 20 + Math.max(wide(`${names.axis(column.name)} ↓`, '600 12.5px'), sign + Math.max(...values.map(text => wide(text, '14px')))));
}

/**
 * @param {View} view
 * @param {Options} options
 * @param {{ row: number, at: number, columns: Column[], isActive: boolean }} line `at`: its place in the table, from 0
 */
export function boardRow(view, options, { row, at, columns, isActive }) {
  const number = view.trials.numberOf(row);
  const isCompared = options.compared.has(number);
  const kind = [row === view.selection.hot ? 'hot' : '', isActive ? 'active' : '', isCompared ? 'compared' : ''].filter(Boolean).join(' ');
  const box = make('input', { type: 'checkbox', tabindex: -1, data: { act: 'compare' }, checked: isCompared, 'aria-label': `Compare trial ${number}` });
  return make(
    'tr',
    { class: kind || null, 'aria-rowindex': at + 2, data: { row: String(row) } },
    make('td', { class: 'tools' }, star(view, options, number), box),
    columns.map(column => make('td', { class: isNumber(column) ? 'number' : null }, cell(view, column, row, number))),
  );
}

/** @param {View} view @param {Options} options @param {number} number */
function star(view, options, number) {
  const isOn = view.trials.markOf(number).star;
  const named = { 'aria-pressed': String(isOn), 'aria-label': `Star trial ${number}` };
  return make(
    'button',
    { type: 'button', class: isOn ? 'star on' : 'star', tabindex: -1, data: { act: 'star' }, disabled: !options.canMark, ...named },
    isOn ? '★' : '☆',
  );
}

/** @param {View} view @param {Column} column @param {number} row @param {number} number */
function cell(view, column, row, number) {
  if (column.name === 'number') return make('a', { href: href({ page: 'trial', sweep: view.trials.sweep, trial: number }), tabindex: -1 }, String(number));
  if (column.name === 'state') {
    const state = stateOf(column.words[column.values[row]] ?? '');
    return make('span', { class: `nowrap ${state.tone}` }, `${state.sign} ${state.word}`);
  }
  const text = view.names.text(column, column.values[row]);
  return text || make('span', { class: 'soft' }, column.part === 'parameter' ? 'not set' : '–');
}

/** @param {string} text @param {string} font @returns {number} pixels */
function wide(text, font) {
  ruler.font = `${font} system-ui, sans-serif`;
  return ruler.measureText(text).width;
}
