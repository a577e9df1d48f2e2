// @ts-check
// Two metrics at once: the front of those that nothing beats in both.

import { draw } from '../dom.js';
import { counted } from '../format.js';
import { card } from './card.js';
import { pick } from './controls.js';
import { dotsOf, nearestDot, noDots, paintDots } from './dots.js';
import { frame, path } from './frame.js';
import { pointAt } from './pointing.js';

/** @typedef {import('../trials/view.js').View} View */

/** @param {View} view */
export function pareto(view) {
  const { trials, selection, names } = view;
  const others = () => {
    const known = view.metrics.filter(({ name }) => name !== names.metric);
    // What the sweep looks for beside its metric, or what most would.
    const wanted = [...names.objectives.keys(), 'seconds', 'parameter_count'];
    const first = wanted.map(wish => known.find(({ name }) => name === wish)).find(column => column);
    return [...(first ? [first] : []), ...known.filter(column => column !== first)].map(({ name }) => ({ name, label: names.label(name) }));
  };
  const against = pick(view, 'pareto', 'The other metric', others);
  /** @type {import('./dots.js').Dots} */
  let dots = noDots();
  /** @type {number[]} */
  let front = [];
  const mark = draw('g', {});
  const isShown = (/** @type {number} */ row) => selection.isShown(row);

  const chart = card(view, {
    key: 'pareto',
    title: 'What can’t be beaten in both',
    height: 260,
    controls: [against.element],
    paint: surface => {
      const column = trials.column(against.value());
      if (!column) return;
      const at = frame(surface, {
        across: view.scale(column),
        up: view.scale(view.metric),
        acrossName: names.axis(column.name),
        upName: names.axis(names.metric),
      });
      dots = dotsOf(view, column, view.metric, at, dots);
      paintDots(surface, view, dots, at);
      front = frontOf(view, column);
      const xs = front.flatMap((row, k) => (k === 0 ? [dots.xs[row]] : [dots.xs[row], dots.xs[row]]));
      const ys = front.flatMap((row, k) => (k === 0 ? [dots.ys[row]] : [dots.ys[front[k - 1]], dots.ys[row]]));
      surface.add(
        draw('path', { class: 'line', d: path(xs, ys) }),
        ...front.map(row => draw('circle', { class: 'front', r: 3.5, cx: dots.xs[row], cy: dots.ys[row] })),
        mark,
      );
    },
    point: row =>
      mark.replaceChildren(
        ...(row >= 0 && dots.xs[row] > 0 && dots.ys[row] > 0 ? [draw('circle', { class: 'spot', r: 5, cx: dots.xs[row], cy: dots.ys[row] })] : []),
      ),
    said: () => {
      const column = trials.column(against.value());
      if (!column || front.length === 0) return 'No trial has both values yet.';
      const [one, last] = [front[0], front[front.length - 1]];
      const text = (/** @type {number} */ row) => `${view.worthText(row)} at ${names.text(column, column.values[row])} (trial ${trials.numberOf(row)})`;
      return front.length === 1
        ? `Trial ${trials.numberOf(one)} is the best in both: ${text(one)}.`
        : `${counted(front.length, 'trial')} are on the front, from ${text(one)} to ${text(last)}.`;
    },
    how: () => `${view.over[0].toUpperCase()}${view.over.slice(1)} that have both values. On the front no other is at least as good in both and better in one.`,
    figures: () => {
      const column = trials.column(against.value());
      return { head: ['trial', against.value(), names.metric], rows: front.map(row => [trials.numberOf(row), column?.at(row) ?? null, view.metric.at(row)]) };
    },
  });
  pointAt(chart.surface, view, (x, y) => nearestDot(dots, isShown, x, y));
  return chart;
}

// In the order of one value, the best first: on the front is who is better in the other than all before it.
/** @param {View} view @param {import('../trials/columns.js').Column} column @returns {number[]} rows, the best of `column` first */
export function frontOf(view, column) {
  const sorted = view.sorted(column);
  const [isHighAcross, isHigh] = [view.names.isHighFirst(column.name), view.names.isMaximized];
  const { values } = view.metric;
  const rank = view.trials.own('rank').values;
  /** @type {number[]} */
  const front = [];
  for (let k = 0; k < sorted.length; k++) {
    const row = sorted[isHighAcross ? sorted.length - 1 - k : k];
    if (Number.isNaN(values[row]) || Number.isNaN(rank[row]) || !view.selection.isShown(row)) continue;
    const last = front[front.length - 1];
    const isBetter = last === undefined || (isHigh ? values[row] > values[last] : values[row] < values[last]);
    if (!isBetter) continue;
    // Of several with the same value across, the last is the best of them.
    if (last !== undefined && column.values[last] === column.values[row]) front.pop();
    front.push(row);
  }
  return front;
}
