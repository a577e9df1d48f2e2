// @ts-check
// Learning curves of the trials that are selected, or of their configurations.

import { draw } from '../dom.js';
import { counted } from '../format.js';
import { colour } from '../theme.js';
import { meanOf } from '../trials/curves.js';
import { card } from './card.js';
import { pick, toggle } from './controls.js';
import { frame, path, strokeAlong } from './frame.js';
import { hotLine, pointAt } from './pointing.js';
import { linear, logarithmic } from './scale.js';
import { toneOf } from './tones.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/curves.js').Curves} Curves */
/**
 * @typedef {{ row: number, rows: number[], epochs: number[], mean: number[], low: number[], high: number[], best: number, good: number, xs: number[], ys:
 *   number[] }} Line `row`: the first of its trials; `good`: among those drawn
 */

// So many in colour, and so many of those that are left, in grey.
const Most = 100;
const MostOthers = 200;
const MostRunning = 32;
const Reach = 24;

/** @param {View} view @param {Curves} curves */
export function learning(view, curves) {
  const { trials, selection, names } = view;
  /** @type {Line[]} */
  let lines = [];
  let many = 0;
  /** @type {import('./frame.js').Frame | null} */
  let place = null;
  const ofMetric = ['validation_accuracy', 'validation_loss', 'train_accuracy', 'train_loss'];
  const metric = pick(view, 'curve', 'Metric of the curves', () =>
    [names.metric, ...ofMetric.filter(name => name !== names.metric)].map(name => ({ name, label: names.label(name) })),
  );
  const isLog = toggle(view, 'curve.log', 'log');
  const repeats = toggle(view, 'curve.repeats', 'repeats as one', true);
  const hasRepeats = view.sweep.repeats > 1;
  const mark = draw('g', {});

  const chart = card(view, {
    key: 'curves',
    title: 'How they learn',
    height: 340,
    controls: [hasRepeats ? repeats.element : null, isLog.element, metric.element],
    paint: surface => {
      const rows = wanted(view);
      const drawn = new Set(rows);
      const rest = some().filter(row => !drawn.has(row));
      curves.want([...rows, ...rest].map(row => trials.numberOf(row)));
      lines = linesOf(rows);
      const behind = linesOf(rest);
      many = behind.length;
      const values = lines.flatMap(line => [...line.low, ...line.high]).sort((one, other) => one - other);
      const epochs = Math.max(2, ...lines.flatMap(line => line.epochs));
      place = frame(surface, {
        across: linear(1, epochs, value => (Number.isInteger(value) ? String(value) : '')),
        up: scale(values),
        acrossName: 'epoch',
        upName: names.axis(metric.value()),
      });
      const { pen } = surface;
      pen.save();
      pen.beginPath();
      pen.rect(place.left - 3, place.top - 3, place.width + 6, place.height + 3);
      pen.clip();
      paintBehind(pen, behind, place);
      for (const line of lines) paintLine(pen, line, place);
      pen.restore();
      surface.add(mark);
    },
    point: row => {
      const line = lines.find(one => one.rows.includes(row));
      mark.replaceChildren(...(line ? hotLine(path(line.xs, line.ys)) : []));
    },
    said: () => said(),
    how: () =>
      curves.fault ||
      `The first ${counted(lines.length, isGrouped() ? 'configuration' : 'trial')} of ${view.over}, and what runs` +
        `${isGrouped() ? ': the mean of the repeats within their range' : ''}` +
        `${many > 0 ? `; in grey ${many} of the others, evenly over all places` : ''}. ` +
        'A dot marks where each is at its best; the colour is the place.',
    figures: () => ({
      head: ['trial', 'epoch', metric.value(), ...(isGrouped() ? ['least', 'most'] : [])],
      rows: lines.flatMap(line =>
        line.epochs.map((epoch, at) => [trials.numberOf(line.row), epoch, line.mean[at], ...(isGrouped() ? [line.low[at], line.high[at]] : [])]),
      ),
    }),
  });

  // The same whatever is brushed: each is asked for once.
  /** @type {{ key: string, rows: number[] }} */
  let sample = { key: '', rows: [] };
  const some = () => {
    const key = `${trials.version} ${selection.poolVersion}`;
    if (sample.key !== key) sample = { key, rows: evenly(view, MostOthers) };
    return sample.rows;
  };

  const isGrouped = () => hasRepeats && repeats.value();

  /** @param {number[]} rows @returns {Line[]} the best last, so that they lie on top */
  function linesOf(rows) {
    /** @type {Map<number, number[]>} */
    const groups = new Map();
    const configuration = trials.own('configuration').values;
    for (const row of rows) {
      const key = isGrouped() ? configuration[row] : row;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()]
      .flatMap(group => {
        const known = group.map(row => curves.of(trials.numberOf(row))).filter(curve => curve !== undefined && curve.epochs.length > 0);
        if (known.length === 0) return [];
        const line = meanOf(/** @type {import('../trials/curves.js').Curve[]} */ (known), metric.value());
        return [{ row: group[0], rows: group, ...line, best: bestEpoch(line), good: NaN, xs: [], ys: [] }];
      })
      .map((line, at, all) => ({ ...line, good: Number.isNaN(view.goods[line.row]) ? NaN : 1 - at / Math.max(1, all.length - 1) }))
      .reverse();
  }

  // Where the curve is at its best.
  /** @param {{ epochs: number[], mean: number[] }} line */
  function bestEpoch(line) {
    const isHigh = names.isHighFirst(metric.value());
    return line.mean.reduce((best, value, at) => ((isHigh ? value > line.mean[best] : value < line.mean[best]) ? at : best), 0);
  }

  // The first epochs and those that diverge would press all others into a line: a twentieth of the values may lie outside.
  /** @param {number[]} values in order */
  function scale(values) {
    if (values.length === 0) return linear(0, 1);
    const isHigh = names.isHighFirst(metric.value());
    const [low, high] = [values[isHigh ? Math.floor(0.04 * values.length) : 0], values[isHigh ? values.length - 1 : Math.ceil(0.96 * values.length) - 1]];
    return isLog.value() && low > 0 ? logarithmic(low, high) : linear(low, high);
  }

  /** @param {CanvasRenderingContext2D} pen @param {Line} line @param {import('./frame.js').Frame} at */
  function paintLine(pen, line, at) {
    line.xs = line.epochs.map(at.x);
    line.ys = line.mean.map(at.y);
    const tone = toneOf(line.good);
    if (line.rows.length > 1) {
      pen.globalAlpha = 0.14;
      pen.fillStyle = tone;
      pen.fill(new Path2D(`${path(line.xs, line.low.map(at.y))}L${path(line.xs, line.high.map(at.y)).slice(1).split('L').reverse().join('L')}Z`));
    }
    pen.globalAlpha = lines.length > 40 ? 0.7 : 0.95;
    pen.strokeStyle = tone;
    pen.lineWidth = lines.length > 40 ? 1.1 : 1.6;
    pen.lineJoin = 'round';
    strokeAlong(pen, line.xs, line.ys);
    pen.globalAlpha = 1;
    pen.beginPath();
    pen.arc(line.xs[line.best], line.ys[line.best], lines.length > 40 ? 1.8 : 2.6, 0, 7);
    pen.fillStyle = tone;
    pen.strokeStyle = colour('ground');
    pen.stroke();
    pen.fill();
  }

  /** @param {CanvasRenderingContext2D} pen @param {Line[]} behind @param {import('./frame.js').Frame} at */
  function paintBehind(pen, behind, at) {
    pen.strokeStyle = colour('faint');
    pen.lineWidth = 1;
    pen.globalAlpha = behind.length > 60 ? 0.45 : 0.7;
    for (const line of behind) strokeAlong(pen, line.epochs.map(at.x), line.mean.map(at.y));
    pen.globalAlpha = 1;
  }

  function said() {
    const top = lines[lines.length - 1];
    if (!top)
      return selection.shown === 0 ? 'Nothing is selected.' : curves.asked.size > 0 ? 'The curves are on their way …' : 'No epoch has been trained yet.';
    const early = lines.filter(line => line.best < line.epochs.length - 1 && line.epochs.length > 2).length;
    const reached = names.text(trials.column(metric.value()) ?? view.metric, top.mean[top.best]);
    const text = `The best reaches ${reached} in epoch ${top.epochs[top.best]} of ${top.epochs[top.epochs.length - 1]}`;
    return early > lines.length / 2
      ? `${text}; ${early} of ${lines.length} were at their best before their last epoch.`
      : `${text}; ${early === 0 ? 'none' : early} of ${lines.length} got worse before the end.`;
  }

  pointAt(chart.surface, view, (x, y) => nearest(lines, x, y));
  return chart;
}

/** Running ones and the first of the others. @param {View} view @returns {number[]} rows, the best first */
export function wanted(view) {
  const { trials, selection } = view;
  const state = trials.own('state');
  const running = state.words.indexOf('running');
  const rows = selection.first(trials.order.subarray(0, trials.ranked), Most);
  if (running < 0 || Number.isNaN(running)) return rows.length > 0 ? rows : selection.first(trials.order, Most);
  const live = selection
    .first(trials.order.subarray(trials.ranked), Infinity)
    .filter(row => state.values[row] === running)
    .slice(0, MostRunning);
  return rows.length + live.length > 0 ? [...rows, ...live] : selection.first(trials.order, Most);
}

/** Some of the pool, from the best to the worst. @param {View} view @param {number} most @returns {number[]} rows */
function evenly({ trials, selection }, most) {
  const pool = trials.order.filter(row => selection.isPool(row));
  const many = Math.min(most, pool.length);
  return Array.from({ length: many }, (_, at) => pool[Math.floor((at * pool.length) / many)]);
}

/** @param {Line[]} lines @param {number} x @param {number} y @returns {number} the row of the nearest; -1 */
function nearest(lines, x, y) {
  let [found, least] = [-1, Reach];
  for (const line of lines)
    for (let at = 0; at < line.xs.length; at++) {
      const next = Math.min(at + 1, line.xs.length - 1);
      const share = next === at ? 0 : Math.min(1, Math.max(0, (x - line.xs[at]) / (line.xs[next] - line.xs[at])));
      const away = Math.hypot(line.xs[at] + share * (line.xs[next] - line.xs[at]) - x, line.ys[at] + share * (line.ys[next] - line.ys[at]) - y);
      if (away < least) [found, least] = [line.row, away];
    }
  return found;
}
