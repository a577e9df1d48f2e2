// @ts-check
// A row of the leaderboard.

import { make } from '../dom.js';
import { stateOf } from '../format.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {import('./board.js').Acts} Acts */

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

/** One row of the table, which shows one trial after the other. */
export class BoardRow {
  /** @param {Column[]} columns @param {Acts | null} acts */
  constructor(columns, acts) {
    this.star = make('button', { type: 'button', class: 'star', tabindex: -1, data: { act: 'star' } });
    this.box = make('input', { type: 'checkbox', tabindex: -1, data: { act: 'compare' } });
    this.cells = columns.map(column => {
      const place = column.name === 'number' ? make('a', { tabindex: -1 }) : make('span');
      return { column, place, text: '', kind: '', cell: make('td', { class: isNumber(column) ? 'number' : null }, place) };
    });
    this.element = make(
      'tr',
      null,
      acts ? make('td', { class: 'tools' }, this.star, this.box) : null,
      this.cells.map(({ cell }) => cell),
    );
    this.told = '';
  }

  /** @param {View} view @param {Acts | null} acts @param {number} row @param {number} at its place in the table, from 0 @param {number} active */
  show(view, acts, row, at, active) {
    const number = view.trials.numberOf(row);
    this.element.dataset.row = String(row);
    this.element.setAttribute('aria-rowindex', String(at + 2));
    this.element.classList.toggle('hot', row === view.selection.hot);
    this.element.classList.toggle('active', row === active);
    if (acts) this.#showMarks(number, view.trials.markOf(number).star, acts);
    const address = view.addressOf(row);
    for (const shown of this.cells) {
      const { text, kind } = said(view, shown.column, row);
      if (shown.text !== text) shown.place.textContent = shown.text = text;
      if (shown.kind !== kind) shown.place.className = shown.kind = kind;
      if (address && shown.place instanceof HTMLAnchorElement) shown.place.href = address;
    }
  }

  /** @param {number} number @param {boolean} isOn @param {Acts} acts */
  #showMarks(number, isOn, acts) {
    const isCompared = acts.compared.has(number);
    const told = `${number} ${isOn} ${isCompared}`;
    if (told === this.told) return;
    this.told = told;
    this.element.classList.toggle('compared', isCompared);
    this.star.classList.toggle('on', isOn);
    this.star.textContent = isOn ? '★' : '☆';
    this.star.setAttribute('aria-pressed', String(isOn));
    this.star.setAttribute('aria-label', `Star trial ${number}`);
    this.star.disabled = !acts.canMark;
    this.box.checked = isCompared;
    this.box.setAttribute('aria-label', `Compare trial ${number}`);
  }
}

/** @param {View} view @param {Column} column @param {number} row @returns {{ text: string, kind: string }} */
function said(view, column, row) {
  if (column.name === 'state') {
    const { sign, word, tone } = stateOf(column.words[column.values[row]] ?? '');
    return { text: `${sign} ${word}`, kind: `nowrap ${tone}` };
  }
  const text = view.names.text(column, column.values[row]);
  return text ? { text, kind: '' } : { text: column.part === 'parameter' ? 'not set' : '–', kind: 'soft' };
}

/** @param {string} text @param {string} font @returns {number} pixels */
function wide(text, font) {
  ruler.font = `${font} system-ui, sans-serif`;
  return ruler.measureText(text).width;
}
