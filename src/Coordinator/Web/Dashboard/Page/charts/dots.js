// @ts-check
// Trials as dots: drawn one by one where they are few, into the pixels of an image where they are many.

import { colour } from '../theme.js';
import { pixelOf, stepOf, tones } from './tones.js';

/** @typedef {import('./surface.js').Surface} Surface */
/** @typedef {import('./frame.js').Frame} Frame */
/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {{ xs: Float32Array, ys: Float32Array }} Dots by row, in pixels of the surface; NaN where there is none */

const MostDrawn = 1500;

/**
 * Where the pool's trials lie. Those of one word or step lie apart, always in the same way.
 * @param {View} view @param {Column} x @param {Column} y @param {Frame} place
 * @returns {Dots}
 */
export function dotsOf(view, x, y, place) {
  const { size } = view.trials;
  const [acrosses, ups] = [view.places(x), view.places(y)];
  const [jitterX, jitterY] = [place.across.stops && 0.5 / place.across.stops, place.up.stops && 0.5 / place.up.stops];
  const [xs, ys] = [new Float32Array(size), new Float32Array(size)];
  for (let row = 0; row < size; row++) {
    const isIn = view.selection.isPool(row);
    const chance = (((row * 0x9e3779b1) >>> 16) & 0xffff) / 0xffff - 0.5;
    xs[row] = isIn ? place.left + (acrosses[row] + jitterX * chance) * place.width : NaN;
    ys[row] = isIn ? place.top + (1 - ups[row] - jitterY * ((chance * 7) % 1)) * place.height : NaN;
  }
  return { xs, ys };
}

/** The best on top, what isn't shown below. @param {Surface} surface @param {View} view @param {Dots} dots @param {Frame} place */
export function paintDots(surface, view, dots, place) {
  const { selection, trials } = view;
  const rows = [...isMeant(view, row => !selection.isShown(row)), ...isMeant(view, row => selection.isShown(row))];
  if (rows.length > MostDrawn || trials.size > 4 * MostDrawn) paintPixels(surface, view, dots, place);
  else paintDiscs(surface.pen, view, dots, rows, rows.length > 300 ? 2.2 : 3);
}

/**
 * @param {Dots} dots
 * @param {(row: number) => boolean} isShown
 * @param {number} x
 * @param {number} y
 * @param {number} [reach]
 * @returns {number} the row of the nearest; -1
 */
export function nearestDot({ xs, ys }, isShown, x, y, reach = 12) {
  let [found, least] = [-1, reach * reach];
  for (let row = 0; row < xs.length; row++) {
    const away = (xs[row] - x) ** 2 + (ys[row] - y) ** 2;
    if (away < least && isShown(row)) [found, least] = [row, away];
  }
  return found;
}

/**
 * Marks the trial of the dot under the pointer, and opens it at a click.
 * @param {Surface} surface
 * @param {View} view
 * @param {(x: number, y: number) => number} find the row of the dot; -1
 */
export function pointAtDots(surface, view, find) {
  surface.svg.addEventListener('pointermove', event => {
    const { x, y } = surface.where(event);
    view.selection.point(find(x, y));
  });
  surface.svg.addEventListener('pointerleave', () => view.selection.point(-1));
  surface.svg.addEventListener('click', () => {
    if (view.selection.hot >= 0) view.open(view.selection.hot);
  });
}

/** From the last place to the first. @param {View} view @param {(row: number) => boolean} test */
function isMeant({ trials }, test) {
  const rows = [];
  for (let at = trials.size - 1; at >= 0; at--) if (test(trials.order[at])) rows.push(trials.order[at]);
  return rows;
}

/** @param {CanvasRenderingContext2D} pen @param {View} view @param {Dots} dots @param {number[]} rows @param {number} radius */
function paintDiscs(pen, view, { xs, ys }, rows, radius) {
  const { css } = tones();
  const faint = colour('faint');
  const { goods, selection } = view;
  for (const row of rows) {
    if (Number.isNaN(xs[row]) || Number.isNaN(ys[row])) continue;
    pen.globalAlpha = selection.isShown(row) ? 0.9 : 0.5;
    pen.fillStyle = selection.isShown(row) && !Number.isNaN(goods[row]) ? css[stepOf(goods[row])] : faint;
    pen.beginPath();
    pen.arc(xs[row], ys[row], radius, 0, 7);
    pen.fill();
  }
  pen.globalAlpha = 1;
}

/** @param {Surface} surface @param {View} view @param {Dots} dots @param {Frame} place */
function paintPixels(surface, view, { xs, ys }, place) {
  const { sharpness } = surface;
  const [width, height] = [Math.ceil((place.width + 4) * sharpness), Math.ceil((place.height + 4) * sharpness)];
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const { order, size } = view.trials;
  const { goods, selection } = view;
  const { pixels: shades } = tones();
  const faint = (pixelOf('faint') & 0xffffff) | 0x70000000;
  const thick = Math.max(1, Math.round((selection.shown > 12_000 ? 1 : 2) * sharpness));
  const put = (/** @type {number} */ row, /** @type {number} */ pixel) => {
    const [x, y] = [((xs[row] - place.left + 2) * sharpness) | 0, ((ys[row] - place.top + 2) * sharpness) | 0];
    if (!(xs[row] >= 0) || !(ys[row] >= 0) || x < 0 || y < 0 || x + thick > width || y + thick > height) return;
    for (let down = 0; down < thick; down++) for (let along = 0; along < thick; along++) pixels[(y + down) * width + x + along] = pixel;
  };
  if (selection.shown < selection.pool) for (let row = 0; row < size; row++) if (!selection.isShown(row)) put(row, faint);
  for (let at = size - 1; at >= 0; at--) {
    const row = order[at];
    if (selection.isShown(row)) put(row, Number.isNaN(goods[row]) ? faint : shades[stepOf(goods[row])]);
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  surface.pen.drawImage(canvas, place.left - 2, place.top - 2, width / sharpness, height / sharpness);
}
