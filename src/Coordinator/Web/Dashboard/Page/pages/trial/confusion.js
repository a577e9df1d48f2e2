// @ts-check
// What a model takes for what: a table of classes whose cells open their images.

import { make, makeTable } from '../../dom.js';
import { count, counted, share } from '../../format.js';
import { wide } from '../wide.js';

/** @typedef {{ name: string, precision: number, recall: number, f1: number, support: number }} ClassScore */

/**
 * @param {string[]} classes
 * @param {number[][]} matrix by what an image shows, then by what it was taken for
 * @param {((shows: number, takenFor: number) => void) | null} open a cell that was chosen; null where there are no more of its images
 */
export function confusionTable(classes, matrix, open) {
  const worst = Math.max(1, ...matrix.flatMap((row, i) => row.filter((_, j) => i !== j)));
  const most = Math.max(1, ...matrix.map((row, i) => row[i]));
  const cell = (/** @type {number} */ value, /** @type {number} */ i, /** @type {number} */ j) => {
    const strength = value / (i === j ? most : worst);
    const style = { '--strength': `${Math.round(100 * Math.sqrt(strength))}%` };
    const says = i === j ? `${classes[i]}, right: ${counted(value, 'image')}` : `${classes[i]} taken for ${classes[j]}: ${counted(value, 'image')}`;
    return make(
      'td',
      { class: i === j ? 'right' : 'wrong', style },
      value
        ? make('button', { type: 'button', 'aria-label': says, title: says, disabled: i === j || !open, onclick: () => open?.(i, j) }, count(value))
        : make('span', { class: 'soft', 'aria-label': says }, '·'),
    );
  };
  return wide(
    'Confusion matrix',
    make(
      'table',
      { class: 'confusion' },
      make('caption', { class: 'small soft' }, `Rows: what a test image shows. Columns: what it was taken for.${open ? ' A cell opens its images.' : ''}`),
      make(
        'thead',
        null,
        make(
          'tr',
          null,
          make('td'),
          classes.map(name => make('th', { scope: 'col' }, make('span', null, name))),
        ),
      ),
      make(
        'tbody',
        null,
        matrix.map((row, i) =>
          make(
            'tr',
            null,
            make('th', { scope: 'row' }, classes[i]),
            row.map((value, j) => cell(value, i, j)),
          ),
        ),
      ),
    ),
  );
}

/** @param {ClassScore[]} classes */
export function classTable(classes) {
  const weakest = Math.min(...classes.map(one => one.f1));
  return wide(
    'Scores of each class',
    makeTable(
      { class: 'scores' },
      [make('th', { scope: 'col' }, 'class'), ['precision', 'recall', 'F1', 'images'].map(name => make('th', { scope: 'col', class: 'number' }, name))],
      classes.map(one =>
        make(
          'tr',
          { class: one.f1 === weakest ? 'weakest' : '' },
          make('th', { scope: 'row' }, one.name),
          [one.precision, one.recall, one.f1].map(value => make('td', { class: 'number' }, share(value))),
          make('td', { class: 'number soft' }, count(one.support)),
        ),
      ),
    ),
  );
}

/**
 * What a confusion matrix says, in a sentence.
 * @param {string[]} classes
 * @param {number[][]} matrix
 */
export function confusionSays(classes, matrix) {
  const wrong = matrix
    .flatMap((row, i) => row.map((value, j) => ({ value, i, j })))
    .filter(cell => cell.i !== cell.j)
    .sort((one, other) => other.value - one.value);
  const all = wrong.reduce((sum, cell) => sum + cell.value, 0);
  if (!all) return 'No image was taken for another class.';
  const [first] = wrong;
  return `${counted(all, 'image')} taken for another class; most often ${classes[first.i]} for ${classes[first.j]}, ${share(first.value / all, 0)} of them.`;
}
