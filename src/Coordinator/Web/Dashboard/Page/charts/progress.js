// @ts-check
// The best so far, as time goes by: what the search found when.

import { draw } from '../dom.js';
import { counted, duration, roughly } from '../format.js';
import { Column } from '../trials/columns.js';
import { card } from './card.js';
import { dotsOf, nearestDot, noDots, paintDots } from './dots.js';
import { frame, path } from './frame.js';
import { pointAt } from './pointing.js';

/** @typedef {import('../trials/view.js').View} View */

/** @param {View} view */
export function progress(view) {
  const { trials, selection, names } = view;
  /** @type {{ version: number, column: Column, unit: number, word: string }} */
  let ended = { version: -1, column: new Column('ended', 'trial', false, 0), unit: 1, word: 'seconds' };
  /** @type {import('./dots.js').Dots} */
  let dots = noDots();
  /** @type {{ row: number, after: number, value: number }[]} */
  let steps = [];
  const mark = draw('g', {});
  const isShown = (/** @type {number} */ row) => selection.isShown(row);

  // From the sweep's start to a trial's end, in the unit in which it is read best.
  const ends = () => {
    if (ended.version === trials.version) return ended;
    const column = new Column('ended', 'trial', false, trials.size);
    const [started, took] = [trials.own('started_at').values, trials.own('took').values];
    let last = 0;
    for (let row = 0; row < trials.size; row++) if (started[row] + took[row] > last) last = started[row] + took[row];
    const [unit, word] = last > 3 * 3600 ? [3600, 'hours'] : last > 300 ? [60, 'minutes'] : [1, 'seconds'];
    for (let row = 0; row < trials.size; row++) column.values[row] = (started[row] + took[row]) / unit;
    ended = { version: trials.version, column, unit, word };
    return ended;
  };

  const chart = card(view, {
    key: 'progress',
    title: 'The best so far',
    height: 260,
    paint: surface => {
      const { column, unit, word } = ends();
      const at = frame(surface, {
        across: view.scale(column),
        up: view.scale(view.metric),
        acrossName: `${word} since the sweep began`,
        upName: names.axis(names.metric),
      });
      dots = dotsOf(view, column, view.metric, at, dots);
      paintDots(surface, view, dots, at);
      steps = bestSoFar(view, view.sorted(column)).map(row => ({ row, after: column.values[row] * unit, value: view.worth(row) }));
      const xs = steps.flatMap(({ row }) => [dots.xs[row], dots.xs[row]]);
      const ys = steps.flatMap(({ row }, k) => [dots.ys[steps[Math.max(0, k - 1)].row], dots.ys[row]]);
      if (steps.length > 0) surface.add(draw('path', { class: 'line', d: path([...xs, at.left + at.width], [...ys, ys[ys.length - 1]]) }));
      surface.add(mark);
    },
    point: row =>
      mark.replaceChildren(
        ...(row >= 0 && dots.xs[row] > 0 && dots.ys[row] > 0 ? [draw('circle', { class: 'spot', r: 5, cx: dots.xs[row], cy: dots.ys[row] })] : []),
      ),
    said: () => {
      const top = steps[steps.length - 1];
      if (!top) return 'No trial has ended yet.';
      const { column, unit } = ends();
      const rows = view.sorted(column);
      const since = column.values[rows[rows.length - 1]] * unit - top.after;
      return (
        `${names.label(names.metric)} got to ${names.text(view.metric, top.value)} after ${duration(top.after)}, by trial ${trials.numberOf(top.row)}` +
        (since > 1 ? `; nothing better in the ${roughly(since)} since.` : '.')
      );
    },
    how: () => `A dot where a trial ended, ${view.over}; the line is the best until then, in ${counted(steps.length, 'step')}.`,
    figures: () => ({ head: ['seconds', 'trial', names.metric], rows: steps.map(step => [step.after, trials.numberOf(step.row), step.value]) }),
  });
  pointAt(chart.surface, view, (x, y) => nearestDot(dots, isShown, x, y));
  return chart;
}

// A trial that was pruned has a value, and no place: it is never the best.
/** @param {View} view @param {Int32Array} rows as they ended @returns {number[]} those that were the best when they ended */
function bestSoFar(view, rows) {
  const { values } = view.metric;
  const rank = view.trials.own('rank').values;
  const isHigh = view.names.isMaximized;
  const steps = [];
  let best = isHigh ? -Infinity : Infinity;
  for (const row of rows) {
    if (!(isHigh ? values[row] > best : values[row] < best) || Number.isNaN(rank[row]) || !view.selection.isShown(row)) continue;
    best = values[row];
    steps.push(row);
  }
  return steps;
}
