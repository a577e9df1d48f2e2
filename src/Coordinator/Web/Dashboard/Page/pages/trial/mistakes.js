// @ts-check
// Images that a model takes for something else, the surest first, each with its ten probabilities.

import { call } from '../../api.js';
import { fill, make } from '../../dom.js';
import { counted } from '../../format.js';
import { mistakeList } from './mistakelist.js';

/** @typedef {import('./mistakelist.js').Mistakes} Mistakes */

const Most = 24;

/**
 * Asks for the mistakes of a trial and shows them: all classes', or one cell's of its confusion matrix.
 * @param {HTMLElement} place
 * @param {{ sweep: string, number: string }} trial
 * @param {[number, number] | null} cell what they show, and what they were taken for
 * @param {() => void} all goes back to all of them
 */
export async function showMistakes(place, { sweep, number }, cell, all) {
  place.setAttribute('aria-busy', 'true');
  if (!place.childElementCount) fill(place, make('p', { class: 'soft' }, 'The model is asked for all test images …'));
  try {
    /** @type {Mistakes} */
    const answer = await call('dashboard/mistakes', { sweep, number, true: cell?.[0], predicted: cell?.[1], most: Most });
    fill(
      place,
      answer.why
        ? make('p', { class: 'soft' }, answer.why)
        : [
            heading(answer, cell, all),
            mistakeList(answer),
          ],
    );
  } catch (fault) {
    fill(place, make('p', { class: 'soft' }, fault instanceof Error ? fault.message : String(fault)));
  } finally {
    place.removeAttribute('aria-busy');
  }
}

/** @param {Mistakes} answer @param {[number, number] | null} cell @param {() => void} all */
function heading({ classes, mistakes }, cell, all) {
  const shown = `${counted(mistakes.length, 'test image')}${mistakes.length === Most ? ', the surest first' : ''}`;
  return make(
    'p',
    { class: 'row small' },
    make('span', { class: 'soft' }, shown),
    cell
      ? make(
          'span',
          { class: 'chip' },
          `${classes[cell[0]]} taken for ${classes[cell[1]]}`,
          make('button', { type: 'button', 'aria-label': 'Show all mistakes', onclick: all }, '✕'),
        )
      : null,
  );
}
