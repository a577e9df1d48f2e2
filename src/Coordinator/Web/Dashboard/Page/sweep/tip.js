// @ts-check
// What is said of a trial beside the pointer.

import { fill, make } from '../dom.js';
import { count, stateOf } from '../format.js';

/** @typedef {import('../trials/view.js').View} View */

const Most = 9;

/** @param {View} view @param {HTMLElement} within where charts are @returns {() => void} ends it */
export function tip(view, within) {
  const { trials, selection, names } = view;
  const element = make('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  within.append(element);
  let isInPlot = false;
  const move = (/** @type {PointerEvent} */ event) => {
    isInPlot = event.target instanceof Element && event.target.closest('.plot') !== null && event.pointerType === 'mouse';
    if (selection.hot < 0 || !isInPlot) {
      element.hidden = true;
      return;
    }
    element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = element;
    const x = event.clientX + 16 + width > innerWidth ? event.clientX - 16 - width : event.clientX + 16;
    const y = Math.min(innerHeight - height - 8, Math.max(8, event.clientY - height / 2));
    element.style.transform = `translate(${Math.max(4, x)}px, ${y}px)`;
  };
  const show = (/** @type {number} */ row) => {
    if (row < 0) {
      element.hidden = true;
      return;
    }
    const state = stateOf(String(trials.own('state').at(row) ?? ''));
    const rank = trials.own('rank').values[row];
    const line = (/** @type {string} */ label, /** @type {string} */ text) => [make('dt', null, label), make('dd', null, text)];
    fill(
      element,
      make(
        'p',
        null,
        make('b', null, `trial ${trials.numberOf(row)}`),
        ` ${state.sign} ${state.word}${Number.isNaN(rank) ? '' : `, place ${count(rank)}`}`,
      ),
      make(
        'dl',
        null,
        line(names.label(names.metric), view.worthText(row) || '–'),
        view.parameters
          .filter(column => !Number.isNaN(column.values[row]))
          .slice(0, Most)
          .flatMap(column => line(names.label(column.name), names.text(column, column.values[row]))),
      ),
    );
  };
  within.addEventListener('pointermove', move);
  const ends = [selection.watchHot(show)];
  return () => ends.forEach(end => end());
}
