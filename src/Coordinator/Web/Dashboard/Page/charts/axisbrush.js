// @ts-check
// Brushes on the axes of the parallel coordinates.

import { draw } from '../dom.js';

/** @typedef {import('./parallel.js').Parallel} Parallel */
/** @typedef {import('./parallel.js').Axis} Axis */
/** @typedef {import('./surface.js').Surface} Surface */
/** @typedef {import('../trials/selection.js').Brush} Brush */
/**
 * @typedef {{ axis: Axis, from: number, kind: 'new' | 'move' | 'low' | 'high', range: [number, number], isMoved: boolean }} Drag shares of the axis, from the
 *   low end
 */

const [Reach, Edge] = [16, 6];

/** Draws brushes, and makes them of drags and keys. */
export class AxisBrush {
  /** @param {Parallel} parallel */
  constructor(parallel) {
    this.parallel = parallel;
    /** @type {Drag | null} */
    this.drag = null;
    this.drawn = draw('g', {});
  }

  /** @param {Surface} surface */
  listen(surface) {
    const { svg } = surface;
    svg.addEventListener('pointerdown', pressed => this.begin(surface, pressed));
    svg.addEventListener('pointermove', moved => this.move(surface, moved));
    svg.addEventListener('pointerup', lifted => this.end(surface, lifted));
    svg.addEventListener('pointercancel', () => {
      this.drag = null;
    });
    svg.addEventListener('pointerleave', () => this.parallel.view.selection.point(-1));
    svg.addEventListener('dblclick', clicked => {
      const axis = this.axisAt(surface.where(clicked));
      if (axis) this.parallel.setBrush(axis.column.name, null);
    });
  }

  /** @param {{ x: number, y: number }} point @returns {Axis | undefined} */
  axisAt({ x, y }) {
    const { top } = this.parallel.ends;
    return y < top - 10 ? undefined : this.parallel.axes.find(axis => Math.abs(axis.x - x) <= Reach);
  }

  /** @param {number} y @returns {number} share of the axis; under 0 in the lane */
  share(y) {
    const { top, bottom } = this.parallel.ends;
    return y > bottom + 8 ? -0.1 : Math.min(1, Math.max(0, (bottom - y) / (bottom - top)));
  }

  /** @param {Surface} surface @param {PointerEvent} pressed */
  begin(surface, pressed) {
    const point = surface.where(pressed);
    const axis = this.axisAt(point);
    if (!axis || pressed.button !== 0) {
      const row = this.parallel.find(point.x, point.y);
      if (row >= 0 && pressed.button === 0) this.parallel.view.open(row);
      return;
    }
    pressed.preventDefault();
    surface.svg.setPointerCapture(pressed.pointerId);
    const from = this.share(point.y);
    const range = this.range(axis);
    this.drag = { axis, from, kind: range ? this.kindAt(range, point.y) : 'new', range: range ?? [from, from], isMoved: false };
  }

  /** @param {[number, number]} range @param {number} y @returns {Drag['kind']} */
  kindAt([low, high], y) {
    const { top, bottom } = this.parallel.ends;
    const [lowY, highY] = [low, high].map(share => bottom - share * (bottom - top));
    return Math.abs(y - highY) <= Edge ? 'high' : Math.abs(y - lowY) <= Edge ? 'low' : y > highY && y < lowY ? 'move' : 'new';
  }

  /** @param {Surface} surface @param {PointerEvent} moved */
  move(surface, moved) {
    const point = surface.where(moved);
    const { drag, parallel } = this;
    if (!drag) {
      const axis = this.axisAt(point);
      surface.svg.style.cursor = axis ? 'ns-resize' : '';
      parallel.view.selection.point(axis ? -1 : parallel.find(point.x, point.y));
      return;
    }
    const at = this.share(point.y);
    if (Math.abs(at - drag.from) < 0.01 && !drag.isMoved) return;
    drag.isMoved = true;
    parallel.setBrush(drag.axis.column.name, this.brushOf(drag.axis, ...this.dragged(drag, at)));
  }

  /** @param {Drag} drag @param {number} at @returns {[number, number]} */
  dragged({ kind, from, range: [low, high] }, at) {
    if (kind === 'new') return [Math.min(from, at), Math.max(from, at)];
    if (kind === 'low') return [Math.min(at, high), Math.max(at, high)];
    if (kind === 'high') return [Math.min(low, at), Math.max(low, at)];
    const by = Math.min(1 - high, Math.max(-low, at - from));
    return [low + by, high + by];
  }

  // A click without a drag takes the word or the lane under it, and elsewhere clears the axis.
  /** @param {Surface} surface @param {PointerEvent} lifted */
  end(surface, lifted) {
    const { drag, parallel } = this;
    this.drag = null;
    if (!drag || drag.isMoved) return;
    const { column, scale } = drag.axis;
    const at = this.share(surface.where(lifted).y);
    const before = parallel.view.selection.brushes.get(column.name);
    if (at < 0) parallel.setBrush(column.name, before?.unset ? null : { unset: true });
    else if (scale.kind === 'words') parallel.setBrush(column.name, toggled(before, column.words[scale.value(at)]));
    else if (before) parallel.setBrush(column.name, null);
  }

  /** @param {Axis} axis @param {number} low @param {number} high @returns {Brush} */
  brushOf(axis, low, high) {
    const { column, scale } = axis;
    const unset = low < 0 ? { unset: true } : {};
    if (high < 0) return { unset: true };
    if (scale.kind !== 'words') return { low: scale.value(Math.max(0, low)), high: scale.value(high), ...unset };
    const words = column.words.filter((_, code) => scale.place(code) >= low && scale.place(code) <= high);
    return { words: words.length > 0 ? words : [column.words[scale.value(high)]], ...unset };
  }

  /** @param {Axis} axis @returns {[number, number] | null} the shares of what is brushed, where it is a range */
  range({ column, scale }) {
    const brush = this.parallel.view.selection.brushes.get(column.name);
    return brush?.low === undefined || brush.high === undefined ? null : [scale.place(brush.low), scale.place(brush.high)];
  }

  /** By keyboard. @param {Axis} axis @param {1 | -1} by upwards or down @param {boolean} isWider */
  shift(axis, by, isWider) {
    const { column, scale } = axis;
    if (scale.kind === 'words') {
      const words = scale.ticks(Infinity).map(tick => tick.text);
      const now = this.parallel.view.selection.brushes.get(column.name)?.words ?? [];
      const at = now.length > 0 ? words.indexOf(now[now.length - 1]) : by > 0 ? -1 : words.length;
      const next = words[Math.min(words.length - 1, Math.max(0, at + by))];
      this.parallel.setBrush(column.name, { words: isWider ? [...new Set([...now, next])] : [next] });
      return;
    }
    const [low, high] = this.range(axis) ?? (by > 0 ? [0, 0.2] : [0.8, 1]);
    const step = 0.05 * by;
    const moved = Math.min(1 - high, Math.max(-low, step));
    this.parallel.setBrush(column.name, this.brushOf(axis, isWider ? low : low + moved, isWider ? Math.min(1, Math.max(low, high + step)) : high + moved));
  }

  paint() {
    this.drawn.replaceChildren();
    const { top, bottom, lane } = this.parallel.ends;
    const y = (/** @type {number} */ share) => bottom - Math.min(1, Math.max(0, share)) * (bottom - top);
    for (const axis of this.parallel.axes) {
      const { column, scale, x } = axis;
      const brush = this.parallel.view.selection.brushes.get(column.name);
      if (!brush) continue;
      const box = (/** @type {number} */ from, /** @type {number} */ to) =>
        this.drawn.append(draw('rect', { class: 'brush', x: x - 7, width: 14, y: Math.min(from, to) - 2, height: Math.abs(to - from) + 4, rx: 3 }));
      const range = this.range(axis);
      if (range) box(y(range[0]), y(range[1]));
      const half = 0.5 / Math.max(1, column.words.length);
      for (const word of brush.words ?? []) {
        const place = scale.place(column.words.indexOf(word));
        if (!Number.isNaN(place)) box(y(place - 0.7 * half), y(place + 0.7 * half));
      }
      if (brush.unset) box(lane - 4, lane + 4);
    }
  }
}

/** @param {Brush | undefined} brush @param {string} word @returns {Brush | null} with the word, or without it where it had it */
function toggled(brush, word) {
  const words = brush?.words ?? [];
  const next = words.includes(word) ? words.filter(other => other !== word) : [...words, word];
  return next.length > 0 || brush?.unset ? { ...(next.length > 0 ? { words: next } : {}), ...(brush?.unset ? { unset: true } : {}) } : null;
}
