// @ts-check
// What a chart is drawn on: a canvas for what is many, SVG above it for what is few and for words.

import { draw, fill, make } from '../dom.js';

/** Drawn over at each painting. */
export class Surface {
  constructor() {
    this.canvas = make('canvas', { 'aria-hidden': 'true' });
    /** What is drawn anew at each painting; what stays is put into the drawing beside it. */
    this.drawn = draw('g', {});
    /** What stays from one painting to the next as long as it is the same, as axes do: words are dear to lay out. @type {Map<string, SVGElement>} */
    this.kept = new Map();
    /** @type {Set<string>} */
    this.used = new Set();
    this.below = draw('g', {});
    this.svg = draw('svg', { role: 'img' }, this.below, this.drawn);
    this.element = make('div', { class: 'plot' }, this.canvas, this.svg);
    this.width = 0;
    this.height = 0;
    this.sharpness = 1;
  }

  /** @returns {CanvasRenderingContext2D} in CSS pixels */
  get pen() {
    return /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
  }

  /** Empties it. @param {number} width in CSS pixels @param {number} height */
  start(width, height) {
    const sharpness = Math.min(2, devicePixelRatio || 1);
    const [across, down] = [Math.round(width * sharpness), Math.round(height * sharpness)];
    if (this.canvas.width !== across || this.canvas.height !== down) [this.canvas.width, this.canvas.height] = [across, down];
    [this.width, this.height, this.sharpness] = [width, height, sharpness];
    for (const part of [this.canvas, this.svg]) {
      part.style.width = `${width}px`;
      part.style.height = `${height}px`;
    }
    this.element.style.height = `${height}px`;
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    fill(this.drawn);
    this.used.clear();
    this.pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    this.pen.clearRect(0, 0, width, height);
  }

  /** Below what is drawn anew. @param {string} key says all that it depends on @param {() => SVGElement[]} make */
  keep(key, make) {
    this.used.add(key);
    if (this.kept.has(key)) return;
    const parts = draw('g', {}, make());
    this.kept.set(key, parts);
    this.below.append(parts);
  }

  /** What was kept and is of no more use goes. */
  end() {
    for (const [key, parts] of this.kept) {
      if (this.used.has(key)) continue;
      parts.remove();
      this.kept.delete(key);
    }
  }

  /** @param {string} words as labels are written @returns {number} pixels */
  widthOf(words) {
    this.pen.font = '12px system-ui, sans-serif';
    return this.pen.measureText(words).width;
  }

  /** @param {string} words @param {number} room in pixels @returns {string} as many of them as have room */
  fit(words, room) {
    if (this.widthOf(words) <= room) return words;
    let [some, all] = [1, words.length];
    while (all - some > 1) {
      const middle = (some + all) >> 1;
      if (this.widthOf(`${words.slice(0, middle)}…`) <= room) some = middle;
      else all = middle;
    }
    return `${words.slice(0, some)}…`;
  }

  /** @param {...Element} parts */
  add(...parts) {
    this.drawn.append(...parts);
  }

  /** @param {PointerEvent | MouseEvent} event @returns {{ x: number, y: number }} */
  where(event) {
    const box = this.svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

/** @typedef {{ canvas: OffscreenCanvas, pen: OffscreenCanvasRenderingContext2D }} Sheet */

/** What pixels are written on, to be drawn as a picture. @param {number} width @param {number} height @returns {Sheet} */
export function sheet(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  // In memory: its pixels come from there, and never from drawing.
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  return { canvas, pen };
}

const Kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
];

/**
 * A chart as a file of its own: its colours are written into it, and the canvas becomes a picture below.
 * @param {Surface} surface
 * @param {string} title
 * @param {string} ground colour behind it
 * @returns {string}
 */
export function toSvg(surface, title, ground) {
  const copy = /** @type {SVGSVGElement} */ (surface.svg.cloneNode(true));
  const [from, to] = [[...surface.svg.querySelectorAll('*')], [...copy.querySelectorAll('*')]];
  from.forEach((element, at) => {
    const style = getComputedStyle(element);
    to[at].removeAttribute('class');
    for (const name of Kept) to[at].setAttribute(name, style.getPropertyValue(name));
  });
  const { width, height } = surface;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('style');
  copy.prepend(draw('title', null, title), draw('rect', { width, height, fill: ground }), draw('image', { href: surface.canvas.toDataURL(), width, height }));
  return new XMLSerializer().serializeToString(copy);
}
