// @ts-check
// Images that a model takes for something else, the surest first, each with its ten probabilities.

import { call } from '../../api.js';
import { fill, make } from '../../dom.js';
import { counted, share } from '../../format.js';
import { picture } from '../../images.js';

/**
 * @typedef {{ image: number, true: number, predicted: number, probabilities: number[], pixels: string }} Mistake
 * @typedef {{ classes: string[], mistakes: Mistake[], why: string | null }} Mistakes
 */

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
            make(
              'ul',
              { class: 'mistake-list' },
              answer.mistakes.map(mistake => card(mistake, answer.classes)),
            ),
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

/** @param {Mistake} mistake @param {string[]} classes */
function card(mistake, classes) {
  const says = `Test image ${mistake.image}: ${classes[mistake.true]}, taken for ${classes[mistake.predicted]}`;
  const bar = (/** @type {number} */ value, /** @type {number} */ i) =>
    make('i', {
      class: i === mistake.true ? 'true' : i === mistake.predicted ? 'predicted' : '',
      style: { width: `${Math.max(1, 100 * value)}%` },
      title: `${classes[i]} ${share(value)}`,
    });
  return make(
    'li',
    null,
    picture(mistake.pixels, says),
    make(
      'div',
      { class: 'probabilities', role: 'img', 'aria-label': mistake.probabilities.map((value, i) => `${classes[i]} ${share(value)}`).join(', ') },
      mistake.probabilities.map(bar),
    ),
    make(
      'p',
      { class: 'small' },
      make('span', { class: 'bad' }, `${classes[mistake.predicted]} ${share(mistake.probabilities[mistake.predicted], 0)}`),
      make('br'),
      make('span', { class: 'soft' }, 'is '),
      classes[mistake.true],
      make('span', { class: 'soft' }, ` ${share(mistake.probabilities[mistake.true], 0)}`),
      make('br'),
      make('span', { class: 'soft' }, `image ${mistake.image}`),
    ),
  );
}
