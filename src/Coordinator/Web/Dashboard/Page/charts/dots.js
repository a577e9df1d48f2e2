// @ts-check
// Trials as dots: drawn one by one where they are few, into the pixels of an image where they are many.

import { colour } from '../theme.js';
import { sheet } from './surface.js';
import { pixelOf, stepOf, tones } from './tones.js';

/** @typedef {import('./surface.js').Surface} Surface */
/** @typedef {import('./frame.js').Frame} Frame */
/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/**
 * @typedef {{ key: string, xs: Float32Array, ys: Float32Array, image: Image | null }} Dots by row, in pixels of the surface; NaN where there is none
 * @typedef {{ width: number, height: number, sharpness: number, at: Int32Array, shade: number, data: ImageData, pool: Sheet, painted: Sheet }} Image `at`: by
 *   row, the pixel of an image of all dots, -1 where there is none; `shade`: of the pool, which no brush changes, 0 before it was painted
 * @typedef {import('./surface.js').Sheet} Sheet
 */

const MostDrawn = 1500;

/** Before anything was painted. @returns {Dots} */
export const noDots = () => ({ key: '', xs: new Float32Array(0), ys: new Float32Array(0), image: null });

/**
 * Where the pool's trials lie. Those of one word or step lie apart, always in the same way.
 * @param {View} view @param {Column} x @param {Column} y @param {Frame} place @param {Dots} before which they are still where nothing but a brush has changed
 * @returns {Dots}
 */
export function dotsOf(view, x, y, place, before) {
  const { left, top, width, height, across, up } = place;
  const key = `${view.trials.version} ${view.selection.poolVersion} ${x.name} ${y.name} ${across.kind} ${up.kind} ${left} ${top} ${width} ${height}`;
  if (before.key === key) return before;
  const { size } = view.trials;
  const [acrosses, ups] = [view.places(x), view.places(y)];
  const [jitterX, jitterY] = [across.stops && 0.5 / across.stops, up.stops && 0.5 / up.stops];
  const [xs, ys] = [new Float32Array(size), new Float32Array(size)];
  for (let row = 0; row < size; row++) {
    const isIn = view.selection.isPool(row);
    const chance = (((row * 0x9e3779b1) >>> 16) & 0xffff) / 0xffff - 0.5;
    xs[row] = isIn ? left + (acrosses[row] + jitterX * chance) * width : NaN;
    ys[row] = isIn ? top + (1 - ups[row] - jitterY * ((chance * 7) % 1)) * height : NaN;
  }
  return { key, xs, ys, image: null };
}

/** The best on top, what isn't shown below. @param {Surface} surface @param {View} view @param {Dots} dots @param {Frame} place */
export function paintDots(surface, view, dots, place) {
  const { selection } = view;
  if (selection.pool > MostDrawn) {
    paintPixels(surface, view, dots, place);
    return;
  }
  const rest = selection.shown < selection.pool ? view.trials.order.filter(row => selection.isPool(row) && !selection.isShown(row)) : [];
  paintDiscs(surface.pen, view, dots, [...rest, ...view.shown], selection.pool > 300 ? 2.2 : 3);
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
function paintPixels(surface, view, dots, place) {
  const { selection, trials } = view;
  const faint = (pixelOf('faint') & 0xffffff) | 0x70000000;
  const image = (dots.image ??= imageOf(surface, dots, place));
  const across = place.width + 4;
  const down = place.height + 4;
  if (selection.shown < selection.pool) {
    if (image.shade !== faint) {
      put(image.pool, image, trials.order, trials.size, 1, () => faint);
      image.shade = faint;
    }
    surface.pen.drawImage(image.pool.canvas, place.left - 2, place.top - 2, across, down);
  }
  const { goods, shown } = view;
  const { pixels: shades } = tones();
  const thick = shown.length > 12_000 ? 1 : 2;
  put(image.painted, image, shown, shown.length, thick, row => (Number.isNaN(goods[row]) ? faint : shades[stepOf(goods[row])]));
  surface.pen.drawImage(image.painted.canvas, place.left - 2, place.top - 2, across, down);
}

/** @param {Surface} surface @param {Dots} dots @param {Frame} place @returns {Image} */
function imageOf({ sharpness }, { xs, ys }, place) {
  const [width, height] = [Math.ceil((place.width + 4) * sharpness), Math.ceil((place.height + 4) * sharpness)];
  const most = Math.max(1, Math.round(2 * sharpness));
  const at = new Int32Array(xs.length).fill(-1);
  for (let row = 0; row < xs.length; row++) {
    const [x, y] = [((xs[row] - place.left + 2) * sharpness) | 0, ((ys[row] - place.top + 2) * sharpness) | 0];
    if (xs[row] >= 0 && ys[row] >= 0 && x >= 0 && y >= 0 && x + most <= width && y + most <= height) at[row] = y * width + x;
  }
  return { width, height, sharpness, at, shade: 0, data: new ImageData(width, height), pool: sheet(width, height), painted: sheet(width, height) };
}

/**
 * @param {Sheet} to @param {Image} image @param {Int32Array} rows @param {number} many of them @param {number} thick CSS pixels
 * @param {(row: number) => number} shadeOf
 */
function put(to, { width, sharpness, at, data }, rows, many, thick, shadeOf) {
  const pixels = new Uint32Array(data.data.buffer).fill(0);
  const wide = Math.max(1, Math.round(thick * sharpness));
  for (let next = 0; next < many; next++) {
    const row = rows[next];
    const first = at[row];
    if (first < 0) continue;
    const shade = shadeOf(row);
    for (let down = 0; down < wide; down++) for (let along = 0; along < wide; along++) pixels[first + down * width + along] = shade;
  }
  to.pen.putImageData(data, 0, 0);
}
