// @ts-check
// The metric over two parameters, smoothed: where the good ones lie.

import { draw } from '../dom.js';
import { counted } from '../format.js';
import { card } from './card.js';
import { pick } from './controls.js';
import { frame } from './frame.js';
import { surfaceOf } from './grid.js';
import { toneKey, tones } from './tones.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */

const [Across, Up, Reach] = [56, 40, 2.4];
const Levels = 10;

/** @param {View} view */
export function contour(view) {
  const { trials, selection, names } = view;
  const options = (/** @type {number} */ first) => () => {
    const known = view.parameters.filter(column => !column.isWords).concat(view.parameters.filter(column => column.isWords));
    const start = known[first] ?? known[0];
    return [start, ...known.filter(column => column !== start)].filter(column => column !== undefined).map(({ name }) => ({ name, label: names.label(name) }));
  };
  const across = pick(view, 'contour.x', 'Across', options(0), '→');
  const up = pick(view, 'contour.y', 'Up', options(1), '↑');
  /** @type {{ x: Column, y: Column, means: Float32Array, best: number, at: import('./frame.js').Frame } | null} */
  let known = null;
  const mark = draw('g', {});

  const chart = card(view, {
    key: 'contour',
    title: 'Where the good ones lie',
    height: 300,
    controls: [toneKey(), up.element, across.element],
    paint: surface => {
      const [x, y] = [trials.column(across.value()), trials.column(up.value())];
      if (!x || !y) return;
      const at = frame(surface, { across: view.scale(x), up: view.scale(y), acrossName: names.axis(x.name), upName: names.axis(y.name) });
      const [xs, ys] = [view.places(x), view.places(y)];
      const { means } = surfaceOf(xs, ys, view.places(view.metric), row => selection.isShown(row), {
        across: Across,
        up: Up,
        reach: [reachOf(view.scale(x), Across), reachOf(view.scale(y), Up)],
      });
      const best = paintMeans(surface, means, at, names.isMaximized);
      paintTrials(surface.pen, view, xs, ys, at);
      known = { x, y, means, best, at };
      surface.add(mark);
    },
    point: row => {
      const place = known && row >= 0 ? [view.places(known.x)[row], view.places(known.y)[row]] : [NaN, NaN];
      const isThere = known && !Number.isNaN(place[0]) && !Number.isNaN(place[1]);
      mark.replaceChildren(
        ...(isThere && known
          ? [draw('circle', { class: 'spot', r: 5, cx: known.at.left + place[0] * known.at.width, cy: known.at.top + (1 - place[1]) * known.at.height })]
          : []),
      );
    },
    said: () => {
      if (!known || known.best < 0) return view.parameters.length < 2 ? 'It takes two parameters that vary.' : 'Too few trials have reached a value.';
      const value = (/** @type {Column} */ column, /** @type {number} */ place) => {
        const { stops, value: valueAt } = view.scale(column);
        const found = valueAt(stops > 0 ? (Math.floor(place * stops) + 0.5) / stops : place);
        return column.isWords ? column.words[found] : names.text(column, Number(found.toPrecision(2)));
      };
      const [x, y] = [((known.best % Across) + 0.5) / Across, (Math.floor(known.best / Across) + 0.5) / Up];
      const mean = names.text(view.metric, view.scale(view.metric).value(known.means[known.best]));
      const around = [`${names.label(known.x.name)} ${value(known.x, x)}`, `${names.label(known.y.name)} ${value(known.y, y)}`].join(' and ');
      return `On the whole the best lie around ${around}: ${mean} in the mean.`;
    },
    how: () =>
      `The mean of ${counted(selection.shown, 'trial')}, each spread by a bell of ${Math.round((100 * Reach) / Across)} % of an axis, or the room of a step; ` +
      'blank where none is near. Dots are the best tenth.',
    figures: () => ({
      head: [across.value(), up.value(), names.metric],
      rows: !known
        ? []
        : [...known.means].flatMap((mean, bin) => {
            if (Number.isNaN(mean) || !known) return [];
            const cell = (/** @type {Column} */ column, /** @type {number} */ place) =>
              column.isWords ? column.words[view.scale(column).value(place)] : view.scale(column).value(place);
            return [
              [cell(known.x, ((bin % Across) + 0.5) / Across), cell(known.y, (Math.floor(bin / Across) + 0.5) / Up), view.scale(view.metric).value(mean)],
            ];
          }),
    }),
  });
  return chart;
}

// Between words and steps there is nothing: each fills its room.
/** @param {import('./scale.js').Scale} scale @param {number} bins @returns {number} how many of them the bell is wide */
const reachOf = ({ stops }, bins) => Math.max(Reach, stops > 0 ? (0.24 * bins) / stops : 0);

/**
 * In steps, whose edges are the contours.
 * @param {import('./surface.js').Surface} surface
 * @param {Float32Array} means
 * @param {import('./frame.js').Frame} at
 * @param {boolean} isHighGood
 * @returns {number} the best bin; -1
 */
function paintMeans(surface, means, at, isHighGood) {
  let [low, high, best] = [Infinity, -Infinity, -1];
  means.forEach((mean, bin) => {
    if (Number.isNaN(mean)) return;
    if (best < 0 || (isHighGood ? mean > means[best] : mean < means[best])) best = bin;
    low = Math.min(low, mean);
    high = Math.max(high, mean);
  });
  if (best < 0) return -1;
  const { pixels } = tones();
  const [width, height] = [Math.round(at.width), Math.round(at.height)];
  const image = new ImageData(width, height);
  const target = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const mean = between(means, ((x + 0.5) / width) * Across - 0.5, (1 - (y + 0.5) / height) * Up - 0.5);
      if (Number.isNaN(mean)) continue;
      const share = high > low ? (mean - low) / (high - low) : 1;
      // Most of what is good lies close together: the steps get finer towards it.
      const good = (isHighGood ? share : 1 - share) ** 1.6;
      target[y * width + x] = pixels[Math.min(pixels.length - 1, Math.floor((Math.floor(good * Levels) / (Levels - 1)) * (pixels.length - 1)))];
    }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  surface.pen.drawImage(canvas, at.left, at.top, at.width, at.height);
  return best;
}

/** Between four bins; those without a mean count as the others. @param {Float32Array} means @param {number} x @param {number} y */
function between(means, x, y) {
  const [left, low] = [Math.min(Across - 1, Math.max(0, Math.floor(x))), Math.min(Up - 1, Math.max(0, Math.floor(y)))];
  const [right, high] = [Math.min(Across - 1, left + 1), Math.min(Up - 1, low + 1)];
  const [across, up] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - low))];
  let [sum, weight] = [0, 0];
  for (const [bin, share] of [
    [low * Across + left, (1 - across) * (1 - up)],
    [low * Across + right, across * (1 - up)],
    [high * Across + left, (1 - across) * up],
    [high * Across + right, across * up],
  ]) {
    if (Number.isNaN(means[bin])) continue;
    sum += means[bin] * share;
    weight += share;
  }
  return weight > 0.5 ? sum / weight : NaN;
}

/** @param {CanvasRenderingContext2D} pen @param {View} view @param {Float32Array} xs @param {Float32Array} ys @param {import('./frame.js').Frame} at */
function paintTrials(pen, view, xs, ys, at) {
  const { trials, selection } = view;
  const best = selection.first(trials.order.subarray(0, trials.ranked), Math.min(200, Math.ceil(Math.min(selection.shown, trials.ranked) / 10)));
  pen.lineWidth = 1;
  pen.strokeStyle = '#fff';
  pen.fillStyle = '#0008';
  for (const row of best) {
    if (Number.isNaN(xs[row]) || Number.isNaN(ys[row])) continue;
    pen.beginPath();
    pen.arc(at.left + xs[row] * at.width, at.top + (1 - ys[row]) * at.height, 2, 0, 7);
    pen.fill();
    pen.stroke();
  }
}
