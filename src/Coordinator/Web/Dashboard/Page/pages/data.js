// @ts-check
// The data set: its classes as they look, and how its pixels are spread.

import { call } from '../api.js';
import { emptyState } from '../dialog.js';
import { draw, fill, make } from '../dom.js';
import { count, share } from '../format.js';
import { picture } from '../images.js';

/**
 * @typedef {{ name: string, train: number, test: number, mean: string, samples: string[] }} Class
 * @typedef {{ classes: Class[], histogram: number[], mean: number, deviation: number, why: string | null }} Data
 */

/** @param {HTMLElement} container */
export async function show(container) {
  /** @type {Data} */
  const data = await call('dashboard/data');
  fill(
    container,
    data.why || !data.classes.length
      ? emptyState('The data set is not here', data.why ?? 'It was not found on this machine.', { line: './fsweep data fetch' })
      : [heading(data), histogramPanel(data), classesPanel(data.classes)],
  );
  return () => {};
}

/** @param {Data} data */
function heading({ classes, mean, deviation }) {
  const [train, test] = [classes.reduce((sum, one) => sum + one.train, 0), classes.reduce((sum, one) => sum + one.test, 0)];
  const tile = (/** @type {string} */ value, /** @type {string} */ of) => make('div', { class: 'tile' }, make('b', null, value), make('span', null, of));
  return make(
    'header',
    { class: 'stack' },
    make('h1', null, 'Fashion-MNIST'),
    make(
      'div',
      { class: 'tiles' },
      tile(count(train), 'images to train by'),
      tile(count(test), 'images to test by'),
      tile(String(classes.length), 'classes'),
      tile('28 × 28', 'pixels, grey'),
      tile(mean.toFixed(4), 'mean pixel, of 0 to 1'),
      tile(deviation.toFixed(4), 'deviation'),
    ),
  );
}

/** @param {Class[]} classes */
function classesPanel(classes) {
  return make(
    'section',
    { class: 'panel' },
    make('header', null, make('h2', null, 'What the classes look like')),
    make('p', { class: 'small soft' }, 'The mean of a class’s training images, then some of them.'),
    make(
      'ul',
      { class: 'class-list' },
      classes.map(one =>
        make(
          'li',
          null,
          make('div', null, make('h3', null, one.name), make('p', { class: 'small soft' }, `${count(one.train)} + ${count(one.test)}`)),
          picture(one.mean, `The mean image of ${one.name}`),
          make(
            'div',
            { class: 'samples' },
            one.samples.map((pixels, i) => picture(pixels, `${one.name}, image ${i + 1}`)),
          ),
        ),
      ),
    ),
  );
}

// Most pixels are black. On one axis the rest would be a line on the ground, so black is said and the others are drawn.
/** @param {Data} data */
function histogramPanel({ histogram }) {
  const all = histogram.reduce((sum, value) => sum + value, 0);
  const others = histogram.slice(1);
  const most = Math.max(...others);
  const bars = others.map((value, i) => `M${i} 100v${-Math.round((1000 * value) / most) / 10}h.9V100z`).join('');
  return make(
    'section',
    { class: 'panel' },
    make('header', null, make('h2', null, 'How bright the pixels are')),
    make(
      'p',
      { class: 'small soft' },
      `${share(histogram[0] / all)} of the training images’ ${count(all)} pixels are black. ` +
        `Of the other greys the most frequent is ${others.indexOf(most) + 1}, with ${share(most / all, 2)}.`,
    ),
    draw(
      'svg',
      { class: 'histogram', viewBox: '0 0 255 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': 'How often each grey occurs, black left out' },
      draw('path', { d: bars }),
    ),
    make(
      'p',
      { class: 'greys small soft', 'aria-hidden': 'true' },
      ['grey 1', '64', '128', '192', '255'].map(text => make('span', null, text)),
    ),
  );
}
