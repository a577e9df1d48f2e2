// @ts-check
// The two axes of a chart, with their names and units.

import { draw } from '../dom.js';

/** @typedef {import('./scale.js').Scale} Scale */
/** @typedef {import('./surface.js').Surface} Surface */
/** @typedef {{ x: number, y: number, width: number, height: number }} Area */
/**
 * @typedef {{ left: number, top: number, width: number, height: number, x: (value: number) => number, y: (value: number) => number, across: Scale, up: Scale
 *   }} Frame
 */

// Pixels of a word that can still be told from others, and between two.
const [LeastWord, Apart] = [40, 6];

/**
 * Draws the axes, and says where values lie within them.
 * @param {Surface} surface
 * @param {{ across: Scale, up: Scale, acrossName: string, upName: string, area?: Area, left?: number, right?: number, top?: number, bottom?: number,
 *   isSmall?: boolean }} asked `area`: where on the surface, else all of it
 * @returns {Frame}
 */
export function frame(surface, asked) {
  const { across, up, acrossName, upName, area = { x: 0, y: 0, width: surface.width, height: surface.height }, isSmall = false } = asked;
  const { right = 12, bottom = isSmall ? 34 : 40, left } = asked;
  const top = area.y + (asked.top ?? (isSmall ? 18 : 24));
  const height = Math.max(1, area.y + area.height - bottom - top);
  const rows = up.ticks(isSmall ? 3 : Math.max(2, Math.floor(height / 44)));
  const start = area.x + (left ?? Math.min(0.4 * area.width, 12 + Math.max(20, ...rows.map(tick => surface.widthOf(tick.text)))));
  const width = Math.max(1, area.x + area.width - start - right);
  const x = (/** @type {number} */ value) => start + across.place(value) * width;
  const y = (/** @type {number} */ value) => top + (1 - up.place(value)) * height;
  const end = top + height;
  const columns = spread(surface, across, width, isSmall ? 56 : 72);
  const said = (/** @type {import('./scale.js').Tick[]} */ ticks) => ticks.map(tick => `${tick.at} ${tick.text}`);
  surface.keep(`${area.x} ${area.y} ${start} ${top} ${width} ${height} ${said(rows)} ${said(columns)} ${upName} ${acrossName}`, () => [
    ...rows.flatMap(tick => {
      const at = top + (1 - tick.at) * height;
      return [
        draw('line', { class: 'grid', x1: start, x2: start + width, y1: at, y2: at }),
        fitted(surface, tick.text, start - 6 - area.x, start - 6, at + 4, 'end'),
      ];
    }),
    ...columns.flatMap(tick => {
      const at = start + tick.at * width;
      // The last one may be wider than what is right of it.
      const x = Math.min(at, area.x + area.width - Math.min(tick.room, surface.widthOf(tick.text)) / 2);
      return [draw('line', { class: 'tick', x1: at, x2: at, y1: end, y2: end + 4 }), fitted(surface, tick.text, tick.room, x, end + 16, 'middle')];
    }),
    draw('line', { class: 'axis', x1: start, x2: start + width, y1: end, y2: end }),
    fitted(surface, upName, area.width, area.x, area.y + 12, 'start', 'name'),
    ...(acrossName ? [fitted(surface, acrossName, start + width - area.x, start + width, area.y + area.height - 5, 'end', 'name')] : []),
  ]);
  return { left: start, top, width, height, x, y, across, up };
}

/** @param {string} words @param {number} x @param {number} y @param {'start' | 'middle' | 'end'} anchor @param {string} [kind] */
export const text = (words, x, y, anchor, kind = 'label') => draw('text', { class: kind, x, y, 'text-anchor': anchor }, words);

/**
 * Words cut to their room: the whole is said where one points at them.
 * @param {Surface} surface @param {string} words @param {number} room in pixels @param {number} x @param {number} y @param {'start' | 'middle' | 'end'} anchor
 * @param {string} [kind]
 */
export function fitted(surface, words, room, x, y, anchor, kind) {
  const label = text(surface.fit(words, room), x, y, anchor, kind);
  if (label.textContent !== words) label.append(draw('title', null, words));
  return label;
}

/** @param {number[]} xs @param {number[]} ys @returns {string} the path along them; what is no number is a gap */
export function path(xs, ys) {
  let [made, isOn] = ['', false];
  for (let at = 0; at < xs.length; at++) {
    const isThere = Number.isFinite(xs[at]) && Number.isFinite(ys[at]);
    if (isThere) made += `${isOn ? 'L' : 'M'}${xs[at].toFixed(1)} ${ys[at].toFixed(1)}`;
    isOn = isThere;
  }
  return made;
}

/** Strokes the line along them; what is no number is a gap. @param {CanvasRenderingContext2D} pen @param {number[]} xs @param {number[]} ys */
export function strokeAlong(pen, xs, ys) {
  pen.beginPath();
  let isOn = false;
  for (let at = 0; at < xs.length; at++) {
    const isThere = Number.isFinite(xs[at]) && Number.isFinite(ys[at]);
    if (isThere && isOn) pen.lineTo(xs[at], ys[at]);
    else if (isThere) pen.moveTo(xs[at], ys[at]);
    isOn = isThere;
  }
  pen.stroke();
}

// Words side by side get an even share each, and are cut where that is some letters; else, as numbers do, those that would run into others are left out.
/** @param {Surface} surface @param {Scale} across @param {number} width @param {number} each what a number takes */
function spread(surface, across, width, each) {
  if (across.kind === 'words' && width / across.stops >= LeastWord) {
    const room = width / across.stops - Apart;
    return across.ticks(across.stops).map(tick => ({ ...tick, room }));
  }
  let free = -Infinity;
  return across
    .ticks(Math.max(2, Math.floor(width / each)))
    .map(tick => ({ ...tick, room: Math.min(width, surface.widthOf(tick.text)) }))
    .filter(tick => {
      const [from, to] = [tick.at * width - tick.room / 2, tick.at * width + tick.room / 2];
      if (from < free) return false;
      free = to + Apart;
      return true;
    });
}
