// @ts-check
// Parallel coordinates: each axis a value, each line a trial; what is brushed here is selected everywhere.

import { draw } from '../dom.js';
import { AxisBrush } from './axisbrush.js';
import { AxisHeads } from './axisheads.js';
import { card } from './card.js';
import { binsOf, Lane, nearestLine } from './density.js';
import { fitted, text } from './frame.js';
import { bestOf } from './insight.js';
import { Linework, MostLines } from './linework.js';
import { hotLine } from './pointing.js';
import { toneKey } from './tones.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {{ column: Column, scale: import('./scale.js').Scale, bins: Uint8Array, x: number, hasUnset: boolean, at: number }} Axis */

const [Top, Bottom, Side] = [50, 34, 58];
const MostAxes = 12;
const LeastGap = 72;
// Of the room of a word, what its trials take.
const Ribbon = 0.5;

/** Parallel coordinates of a view. */
export class Parallel {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {Axis[]} */
    this.axes = [];
    this.known = '';
    this.lines = new Linework(this);
    /** The axes stay as long as they are the same: words are dear to lay out. */
    this.axesDrawn = draw('g', {});
    this.axesKey = '';
    this.mark = draw('g', {});
    this.heads = new AxisHeads(this);
    this.brush = new AxisBrush(this);
    this.card = card(view, {
      key: 'parallel',
      title: 'What leads where',
      height: 360,
      isWide: true,
      urgency: 0,
      least: () => this.names.length * LeastGap,
      paint: () => this.paint(),
      said: () => bestOf(view),
      how: () => this.how(),
      figures: () => this.figures(),
      point: row => this.point(row),
      controls: [toneKey(), this.heads.menu],
    });
    this.card.surface.element.append(this.heads.element);
    this.card.surface.element.classList.add('parallel');
    this.card.surface.svg.append(this.axesDrawn, this.brush.drawn, this.mark);
    this.brush.listen(this.card.surface);
  }

  get height() {
    return this.card.surface.height;
  }

  /** The pixels of the ends of the axes. */
  get ends() {
    return { top: Top, bottom: this.height - Bottom, lane: this.height - 12 };
  }

  /** The names of all that can be an axis. @returns {Column[]} */
  get candidates() {
    return [...this.view.parameters, ...this.view.metrics];
  }

  /** @returns {string[]} */
  get names() {
    const known = new Set(this.candidates.map(column => column.name));
    const chosen = this.view
      .choice('axes')
      .split(',')
      .filter(name => known.has(name));
    return chosen.length > 1 ? chosen : [...this.view.parameters.slice(0, MostAxes).map(column => column.name), this.view.names.metric];
  }

  /** @param {string[]} names */
  choose(names) {
    this.view.choose('axes', names.join(','));
  }

  /** @param {string} name @param {import('../trials/selection.js').Brush | null} brush */
  setBrush(name, brush) {
    this.view.selection.brush(name, brush);
  }

  paint() {
    this.lay();
    this.lines.paint();
    const key = `${this.known} ${this.card.surface.width}`;
    if (key !== this.axesKey) this.axesDrawn.replaceChildren(...this.axes.flatMap(axis => this.axisParts(axis)));
    this.axesKey = key;
    this.brush.paint();
    this.heads.place(this.axes);
  }

  /** Where the axes are, and in which bin each trial is on them. */
  lay() {
    const { view } = this;
    const { width } = this.card.surface;
    const key = `${view.trials.version} ${view.selection.poolVersion} ${this.names} ${this.names.map(name => view.isLog(name))}`;
    if (key !== this.known) {
      this.axes = this.names.map((name, at) => {
        const column = view.trials.own(name);
        const scale = view.scale(column);
        const bins = binsOf(row => this.placeOf(column, scale, row), view.trials.size);
        return { column, scale, bins, x: 0, hasUnset: column.part === 'parameter' && bins.some((bin, row) => bin === Lane && view.selection.isPool(row)), at };
      });
      this.known = key;
    }
    const [left, right] = [this.side(this.axes[0]), this.side(this.axes[this.axes.length - 1])];
    this.axes.forEach((axis, at) => {
      axis.x = Math.round(left + (at / Math.max(1, this.axes.length - 1)) * (width - left - right));
    });
  }

  /** @param {Axis} axis the first or the last @returns {number} pixels beyond it, where its words are */
  side(axis) {
    const { surface } = this.card;
    return Math.min(0.2 * surface.width, Math.max(Side, ...ticksOf(axis.scale).map(tick => 10 + surface.widthOf(tick.text))));
  }

  // Those of one word lie beside each other, the best above: a ribbon instead of a knot.
  /** @param {Column} column @param {import('./scale.js').Scale} scale @param {number} row @returns {number} from 0 to 1 */
  placeOf(column, scale, row) {
    const place = scale.place(column.values[row]);
    if (scale.stops === 0) return place;
    const good = this.view.goods[row];
    return place + (((Number.isNaN(good) ? 0 : good) - 0.5) * Ribbon) / scale.stops;
  }

  /** @param {Axis} axis @param {number} row @returns {number} pixels from the top */
  y(axis, row) {
    const { top, bottom, lane } = this.ends;
    const place = this.placeOf(axis.column, axis.scale, row);
    return Number.isNaN(place) ? lane : bottom - Math.min(1, Math.max(0, place)) * (bottom - top);
  }

  /** @param {number} row @returns {string} a path that leaves each axis level */
  line(row) {
    const points = this.axes.map(axis => ({ x: axis.x, y: this.y(axis, row) }));
    return points
      .map(({ x, y }, at) => {
        if (at === 0) return `M${x} ${y.toFixed(1)}`;
        const bend = (x - points[at - 1].x) * 0.35;
        return `C${points[at - 1].x + bend} ${points[at - 1].y.toFixed(1)} ${x - bend} ${y.toFixed(1)} ${x} ${y.toFixed(1)}`;
      })
      .join('');
  }

  /** @param {Axis} axis @returns {SVGElement[]} */
  axisParts(axis) {
    const { top, bottom, lane } = this.ends;
    /** @type {SVGElement[]} */
    const parts = [draw('line', { class: 'axis', x1: axis.x, x2: axis.x, y1: top, y2: bottom })];
    // The heads are no part of the drawing: a file of it has these instead.
    parts.push(text(this.view.names.label(axis.column.name), axis.x, top - (axis.at % 2 === 0 ? 12 : 28), 'middle', 'name infile'));
    const isLast = axis === this.axes[this.axes.length - 1];
    const before = axis.at > 0 ? this.axes[axis.at - 1].x : 0;
    const room = (isLast ? this.card.surface.width : axis.x) - (isLast ? axis.x : before) - 10;
    for (const tick of ticksOf(axis.scale)) {
      const y = bottom - tick.at * (bottom - top);
      parts.push(
        draw('line', { class: 'tick', x1: axis.x - 3, x2: axis.x + 3, y1: y, y2: y }),
        fitted(this.card.surface, tick.text, room, axis.x + (isLast ? 7 : -7), y + 4, isLast ? 'start' : 'end', 'label halo'),
      );
    }
    if (axis.hasUnset)
      parts.push(
        draw('circle', { class: 'unset', cx: axis.x, cy: lane, r: 3 }),
        text('not set', axis.x + (isLast ? 7 : -7), lane + 4, isLast ? 'start' : 'end', 'label halo'),
      );
    return parts;
  }

  /** @param {number} row */
  point(row) {
    this.mark.replaceChildren();
    if (row < 0 || this.axes.length === 0 || !this.view.selection.isPool(row)) return;
    this.mark.append(...hotLine(this.line(row)));
  }

  /** @param {number} x @param {number} y @returns {number} the row of the line that is nearest; -1 */
  find(x, y) {
    const at = this.axes.findIndex((axis, place) => place + 1 < this.axes.length && x >= axis.x && x <= this.axes[place + 1].x);
    if (at < 0) return -1;
    const [left, right] = [this.axes[at], this.axes[at + 1]];
    const { top, bottom } = this.ends;
    const share = (x - left.x) / (right.x - left.x);
    // As the lines bend.
    const bent = share * share * (3 - 2 * share);
    const { selection, trials } = this.view;
    const eased = trials.size > MostLines && selection.shown > MostLines ? share : bent;
    return nearestLine(left.bins, right.bins, eased, (bottom - y) / (bottom - top), row => selection.isShown(row), trials.size, 0.03);
  }

  how() {
    const isDense = this.view.selection.shown > MostLines;
    return (
      `A line a trial, ${this.view.over}, coloured by place${isDense ? '; where many lie, by the mean of their places, and as dense as they are many' : ''}. ` +
      'Drag along an axis to select, double-click to clear.'
    );
  }

  figures() {
    const { trials, selection } = this.view;
    const columns = this.axes.map(axis => axis.column);
    return {
      head: ['trial', ...columns.map(column => column.name)],
      rows: selection.first(trials.order).map(row => [trials.numberOf(row), ...columns.map(column => column.at(row))]),
    };
  }
}

/** @param {import('./scale.js').Scale} scale */
const ticksOf = scale => scale.ticks(scale.kind === 'words' ? 14 : 6);
