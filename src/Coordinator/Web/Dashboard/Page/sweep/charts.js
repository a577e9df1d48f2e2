// @ts-check
// The charts of a sweep, on its page and in a report's file: which there are, and where they stand.

import { contour } from '../charts/contour.js';
import { importance } from '../charts/importance.js';
import { learning } from '../charts/learning.js';
import { Parallel } from '../charts/parallel.js';
import { pareto } from '../charts/pareto.js';
import { progress } from '../charts/progress.js';
import { ranks } from '../charts/ranks.js';
import { rungs } from '../charts/rungs.js';
import { scatter } from '../charts/scatter.js';
import { slices } from '../charts/slices.js';
import { spread } from '../charts/spread.js';
import { timeline } from '../charts/timeline.js';
import { volume } from '../charts/volume.js';
import { make } from '../dom.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../charts/card.js').Card} Card */
/**
 * @typedef {{ curves: import('../trials/curves.js').Curves, importances: () => import('../charts/importance.js').Importance | null,
 *   times: () => import('../charts/timeline.js').Timeline | null }} Beside what is known of the trials beside their columns; null until it has come
 */

/** @param {View} view @param {Beside} beside */
export function chartsOf(view, { curves, importances, times }) {
  const parallel = new Parallel(view).card;
  const learned = learning(view, curves);
  const matters = importance(view, importances);
  const ranked = ranks(view, curves);
  const done = timeline(view, times);
  const front = view.names.objectives.size > 1 ? [pareto(view), volume(view)] : [pareto(view)];
  const rest = [slices(view), scatter(view), contour(view), matters, ranked, progress(view), ...front, spread(view), rungs(view), done];
  const elements = (/** @type {Card[]} */ of) => of.map(card => card.element);
  return {
    /** After more has come of what is known beside the columns. */
    renew: {
      curves: () => [learned, ranked].forEach(card => card.ask()),
      importances: matters.ask,
      times: done.ask,
    },
    /** What is looked at first. */
    top: make('div', { class: 'charts top' }, elements([parallel, learned])),
    rest: make('div', { class: 'charts' }, elements(rest)),
    stop: () => [parallel, learned, ...rest].forEach(card => card.stop()),
  };
}
