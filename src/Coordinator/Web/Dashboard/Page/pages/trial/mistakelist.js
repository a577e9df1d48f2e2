// @ts-check
// Images that a model takes for something else, each with its ten probabilities.

import { make } from '../../dom.js';
import { share } from '../../format.js';
import { picture } from '../../images.js';

/**
 * @typedef {{ image: number, true: number, predicted: number, probabilities: number[], pixels: string }} Mistake
 * @typedef {{ classes: string[], mistakes: Mistake[], why: string | null }} Mistakes
 */

/** @param {Mistakes} said */
export const mistakeList = ({ classes, mistakes }) =>
  make(
    'ul',
    { class: 'mistake-list' },
    mistakes.map(mistake => card(mistake, classes)),
  );

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
