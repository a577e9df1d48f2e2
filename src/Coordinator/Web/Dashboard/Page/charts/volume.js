// @ts-check
// Of several objectives: how much the front leaves behind it, as trials were completed.

import { draw } from '../dom.js';
import { counted } from '../format.js';
import { card } from './card.js';
import { frame, path } from './frame.js';
import { linear } from './scale.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {{ completed: number, share: number }} Point */

const MostPoints = 60;

// Half as much is as much worth anywhere.
const Costs = ['parameter_count', 'seconds'];

/** @param {View} view */
export function volume(view) {
  const { names } = view;
  /** @type {Point[]} */
  let points = [];
  const shown = (/** @type {Point} */ point) => point.share.toFixed(2);

  return card(view, {
    key: 'volume',
    title: 'How the front grew',
    height: 260,
    paint: surface => {
      points = growthOf(view);
      const last = points[points.length - 1];
      const at = frame(surface, {
        across: linear(0, Math.max(1, last?.completed ?? 0)),
        up: linear(0, 1),
        acrossName: 'trials that were completed',
        upName: 'hypervolume',
      });
      const xs = points.flatMap(({ completed }) => [at.x(completed), at.x(completed)]);
      const ys = points.flatMap(({ share }, k) => [at.y(points[Math.max(0, k - 1)].share), at.y(share)]);
      if (last) surface.add(draw('path', { class: 'line', d: path(xs, ys) }));
    },
    said: () => {
      const last = points[points.length - 1];
      if (!last) return 'No trial has all values yet.';
      const half = points.find(({ completed }) => completed >= last.completed / 2) ?? last;
      return half === last
        ? `The front leaves ${shown(last)} of the box behind it.`
        : `The front leaves ${shown(last)} of the box behind it; after ${counted(half.completed, 'trial')} it was ${shown(half)}.`;
    },
    how: () =>
      `The box is between the best and the worst of ${[...names.objectives.keys()].map(name => names.label(name)).join(' and ')}, ${view.over}. ` +
      'Parameters and seconds count by their logarithm.',
    figures: () => ({ head: ['completed', 'hypervolume'], rows: points.map(({ completed, share }) => [completed, share]) }),
  });
}

/** @param {View} view @returns {Point[]} some of many; the last is how it stands */
function growthOf(view) {
  const losses = inUnits(lossesOf(view));
  const each = Math.max(1, losses.length / MostPoints);
  /** @type {number[][]} */
  let front = [];
  /** @type {Point[]} */
  const points = [];
  losses.forEach((loss, k) => {
    if (!front.some(other => isNoWorse(other, loss))) front = [...front.filter(other => !isNoWorse(loss, other)), loss];
    const completed = k + 1;
    if (Math.floor(completed / each) > Math.floor(k / each) || completed === losses.length) points.push({ completed, share: behind(front) });
  });
  return points;
}

/** @param {number[]} one @param {number[]} other */
const isNoWorse = (one, other) => one.every((loss, k) => loss <= other[k]);

/** Of those that have a place and all values, in the order in which they ended. @param {View} view @returns {number[][]} */
function lossesOf({ trials, names, selection }) {
  const [started, took, rank] = [trials.own('started_at').values, trials.own('took').values, trials.own('rank').values];
  const columns = [...names.objectives].map(([name, goal]) => {
    const values = trials.column(name)?.values;
    return (/** @type {number} */ row) => {
      const value = Costs.includes(name) ? Math.log(values?.[row] ?? NaN) : (values?.[row] ?? NaN);
      return goal === 'maximize' ? -value : value;
    };
  });
  const rows = [];
  for (let row = 0; row < trials.size; row++) if (!Number.isNaN(rank[row]) && selection.isShown(row)) rows.push(row);
  rows.sort((a, b) => started[a] + took[a] - started[b] - took[b]);
  return rows.map(row => columns.map(of => of(row))).filter(loss => loss.every(Number.isFinite));
}

/** In the box around them; where all are alike there is no side. @param {number[][]} losses @returns {number[][]} */
function inUnits(losses) {
  const sides = (losses[0] ?? [])
    .map((_, k) => losses.reduce(([low, high], loss) => [Math.min(low, loss[k]), Math.max(high, loss[k]), k], [Infinity, -Infinity, k]))
    .filter(([low, high]) => high > low);
  return losses.map(loss => sides.map(([low, high, k]) => (loss[k] - low) / (high - low)));
}

// By slices along the last loss, as the coordinator has it.
/** @param {number[][]} points in a unit box, from the best to the worst corner @returns {number} its share behind them */
function behind(points, losses = points[0]?.length ?? 0) {
  if (losses === 0) return 0;
  if (losses === 1) return 1 - Math.min(...points.map(point => point[0]));
  const ordered = [...points].sort((a, b) => a[losses - 1] - b[losses - 1]);
  return ordered.reduce((sum, point, k) => {
    const depth = (ordered[k + 1]?.[losses - 1] ?? 1) - point[losses - 1];
    return depth > 0 ? sum + depth * behind(ordered.slice(0, k + 1), losses - 1) : sum;
  }, 0);
}
