// @ts-check
// Small charts of a few lines, as SVG: what a trial or a handful of them has to show.

import { draw, make } from './dom.js';
import { figure } from './format.js';

/**
 * @typedef {{ label: string, tone: string, points: [number, number][], isDashed?: boolean }} Line points from left to right
 * @typedef {{ title: string, x: string, y: string, lines: Line[], mark?: { x: number, label: string } }} Plot
 */

const [Width, Height, Left, Right, Top, Bottom] = [560, 250, 66, 12, 10, 36];

/**
 * Lines over whole numbers, as epochs are. Where values span more than two decades the axis is logarithmic.
 * @param {Plot} plot
 * @returns {SVGSVGElement}
 */
export function linePlot({ title, x, y, lines, mark }) {
  const all = lines.flatMap(line => line.points);
  const xs = scale(
    all.map(point => point[0]),
    [Left, Width - Right],
    { isLog: false },
  );
  const ys = scale(
    all.map(point => point[1]),
    [Height - Bottom, Top],
    { isLog: spansDecades(all.map(point => point[1])) },
  );
  // The mark's word stands where lines don't: above those that end low, below those that end high.
  const isLow = lines.every(line => line.points.every(([at, value]) => at !== mark?.x || ys.at(value) > (Top + Height - Bottom) / 2));
  return draw(
    'svg',
    { class: 'lineplot', viewBox: `0 0 ${Width} ${Height}`, role: 'img', 'aria-label': title },
    ys.ticks
      .map(tick => [
        draw('line', { class: 'grid', x1: Left, x2: Width - Right, y1: ys.at(tick), y2: ys.at(tick) }),
        draw('text', { x: Left - 6, y: ys.at(tick) + 4, 'text-anchor': 'end' }, tickText(tick)),
      ])
      .flat(),
    xs.ticks.filter(Number.isInteger).map(tick => draw('text', { x: xs.at(tick), y: Height - Bottom + 16, 'text-anchor': 'middle' }, String(tick))),
    draw('text', { x: (Left + Width - Right) / 2, y: Height - 4, 'text-anchor': 'middle' }, x),
    draw(
      'text',
      { x: 11, y: (Top + Height - Bottom) / 2, 'text-anchor': 'middle', transform: `rotate(-90 11 ${(Top + Height - Bottom) / 2})` },
      y + (ys.isLog ? ' (log)' : ''),
    ),
    mark && [
      draw('line', { class: 'mark', x1: xs.at(mark.x), x2: xs.at(mark.x), y1: Top, y2: Height - Bottom }),
      draw(
        'text',
        {
          class: 'mark',
          x: xs.at(mark.x) + (xs.at(mark.x) > Width / 2 ? -5 : 5),
          y: isLow ? Top + 10 : Height - Bottom - 6,
          'text-anchor': xs.at(mark.x) > Width / 2 ? 'end' : 'start',
        },
        mark.label,
      ),
    ],
    lines.map(line =>
      draw(
        'path',
        {
          class: line.isDashed ? 'line dashed' : 'line',
          style: { stroke: `var(--${line.tone})` },
          d: pathOf(line.points.map(([a, b]) => [xs.at(a), ys.at(b)])),
        },
        draw('title', null, line.label),
      ),
    ),
    lines
      .filter(line => line.points.length === 1)
      .map(line => draw('circle', { cx: xs.at(line.points[0][0]), cy: ys.at(line.points[0][1]), r: 3, style: { fill: `var(--${line.tone})` } })),
  );
}

/** What the lines' colours mean. @param {Line[]} lines */
export const key = lines =>
  make(
    'ul',
    { class: 'key' },
    lines.map(line => make('li', null, make('i', { class: line.isDashed ? 'dashed' : '', style: { 'border-color': `var(--${line.tone})` } }), line.label)),
  );

/**
 * A line without axes, as tall as a line of text.
 * @param {number[]} values
 * @param {string} label for who does not see it
 */
export function spark(values, label) {
  const [width, height] = [120, 28];
  const known = values.filter(Number.isFinite);
  if (known.length < 2) return make('span', { class: 'spark' });
  const ys = scale(known, [height - 3, 3], { isLog: false });
  const points = known.map((value, i) => /** @type {[number, number]} */ ([1 + ((width - 5) * i) / (known.length - 1), ys.at(value)]));
  const [lastX, lastY] = points[points.length - 1];
  return draw(
    'svg',
    { class: 'spark', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    draw('path', { class: 'line', d: pathOf(points) }),
    draw('circle', { cx: lastX, cy: lastY, r: 2.5 }),
  );
}

/** @param {number[]} values @param {[number, number]} range @param {{ isLog: boolean }} options */
function scale(values, [from, to], { isLog }) {
  const turn = isLog ? Math.log10 : (/** @type {number} */ value) => value;
  let [low, high] = [Math.min(...values), Math.max(...values)].map(turn);
  if (!(high > low)) [low, high] = [low - 0.5, low + 0.5];
  const at = (/** @type {number} */ value) => Math.round(10 * (from + ((turn(value) - low) / (high - low)) * (to - from))) / 10;
  return { at, isLog, ticks: isLog ? decades(low, high) : steps(low, high) };
}

/** @param {number} low @param {number} high @returns {number[]} some six round numbers between them */
function steps(low, high) {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find(times => times * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** @param {number} low @param {number} high */
const decades = (low, high) => Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => 10 ** (Math.ceil(low) + i));

/** @param {number[]} values */
const spansDecades = values => Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) > 100;

/** @param {number} tick */
const tickText = tick =>
  figure(tick, 6)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** @param {number[][]} points */
const pathOf = points => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('');
