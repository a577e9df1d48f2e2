// @ts-check
// The places of trials as their epochs went by: who led when.

import { draw } from '../dom.js';
import { count, counted } from '../format.js';
import { colour } from '../theme.js';
import { card } from './card.js';
import { frame, path, strokeAlong } from './frame.js';
import { wanted } from './learning.js';
import { hotLine, pointAt } from './pointing.js';
import { linear } from './scale.js';
import { toneOf } from './tones.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {{ row: number, epochs: number[], best: number[], places: number[], xs: number[], ys: number[] }} Line `best`: until each epoch */

const InColour = 12;
const First = 10;
const Reach = 16;

/** @param {View} view @param {import('../trials/curves.js').Curves} curves */
export function ranks(view, curves) {
  const { trials, selection, names } = view;
  /** The best at the end first. @type {Line[]} */
  let lines = [];
  const mark = draw('g', {});
  const chart = card(view, {
    key: 'ranks',
    title: 'Who led when',
    height: 260,
    paint: surface => {
      const rows = wanted(view);
      curves.want(rows.map(row => trials.numberOf(row)));
      lines = linesOf(view, curves, rows);
      const base = linear(1, Math.max(2, lines.length), value => (Number.isInteger(value) ? String(value) : ''));
      const epochs = lines.reduce((most, line) => Math.max(most, line.epochs[line.epochs.length - 1]), 2);
      const at = frame(surface, {
        across: linear(1, epochs, value => (Number.isInteger(value) ? String(value) : '')),
        // The first is on top.
        up: { ...base, place: value => 1 - base.place(value), ticks: most => base.ticks(most).map(tick => ({ ...tick, at: 1 - tick.at })) },
        acrossName: 'epoch',
        upName: 'place among these',
      });
      const { pen } = surface;
      pen.lineJoin = 'round';
      for (const [place, line] of [...lines.entries()].reverse()) {
        line.xs = line.epochs.map(at.x);
        line.ys = line.places.map(at.y);
        const isFirst = place < InColour;
        pen.globalAlpha = isFirst ? 0.95 : 0.6;
        pen.lineWidth = isFirst ? 1.8 : 1;
        pen.strokeStyle = isFirst ? toneOf(1 - place / InColour) : colour('faint');
        strokeAlong(pen, line.xs, line.ys);
      }
      pen.globalAlpha = 1;
      surface.add(mark);
    },
    point: row => {
      const line = lines.find(one => one.row === row);
      mark.replaceChildren(...(line ? hotLine(path(line.xs, line.ys)) : []));
    },
    said: () => {
      const [first] = lines;
      if (!first) return selection.shown === 0 ? 'Nothing is selected.' : 'No epoch has been trained yet.';
      const start = `Trial ${trials.numberOf(first.row)}, the best of these, was at place ${count(first.places[0])} after its first epoch`;
      if (lines.length <= First) return `${start}.`;
      const kept = lines.slice(0, First).filter(line => line.places[0] <= First).length;
      return `${start}; ${kept} of the first ${First} were among the first ${First} by then.`;
    },
    how: () =>
      `${counted(lines.length, 'trial')}, the first of ${view.over}, by the best ${names.label(names.metric)} until each epoch; ` +
      `one that has ended keeps its own. The best ${Math.min(InColour, lines.length)} in colour.`,
    figures: () => ({
      head: ['trial', 'epoch', 'place', names.metric],
      rows: lines.flatMap(line =>
        line.epochs.map((epoch, at) => [trials.numberOf(line.row), epoch, line.places[at], Number.isFinite(line.best[at]) ? line.best[at] : null]),
      ),
    }),
  });
  pointAt(chart.surface, view, (x, y) => nearest(lines, x, y));
  return chart;
}

/** @param {View} view @param {import('../trials/curves.js').Curves} curves @param {number[]} rows @returns {Line[]} the best at the end first */
function linesOf({ trials, names }, curves, rows) {
  const sign = names.isMaximized ? 1 : -1;
  const lines = rows.flatMap(row => {
    const curve = curves.of(trials.numberOf(row));
    const values = curve?.values[names.metric] ?? [];
    if (!curve || curve.epochs.length === 0) return [];
    let best = -Infinity;
    const until = curve.epochs.map((_, at) => (best = Math.max(best, sign * (values[at] ?? -Infinity))));
    return [{ row, epochs: curve.epochs, best: until, places: /** @type {number[]} */ ([]), xs: [], ys: [] }];
  });
  const most = lines.reduce((longest, line) => Math.max(longest, line.epochs.length), 0);
  for (let at = 0; at < most; at++) {
    const worth = (/** @type {Line} */ line) => line.best[Math.min(at, line.best.length - 1)];
    const order = [...lines].sort((one, other) => worth(other) - worth(one));
    order.forEach((line, place) => {
      if (at < line.epochs.length) line.places[at] = place + 1;
    });
  }
  return lines
    .map(line => ({ ...line, best: line.best.map(value => sign * value) }))
    .sort((one, other) => sign * (other.best[other.best.length - 1] - one.best[one.best.length - 1]));
}

/** @param {Line[]} lines @param {number} x @param {number} y @returns {number} the row of the nearest; -1 */
function nearest(lines, x, y) {
  let [found, least] = [-1, Reach];
  for (const line of lines)
    line.xs.forEach((at, k) => {
      const away = Math.hypot(at - x, line.ys[k] - y);
      if (away < least) [found, least] = [line.row, away];
    });
  return found;
}
