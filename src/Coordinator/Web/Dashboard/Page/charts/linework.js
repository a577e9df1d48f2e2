// @ts-check
// The lines of the parallel coordinates: strokes where they are few, densities where they are many.

import { colour } from '../theme.js';
import { Density } from './density.js';
import { sheet } from './surface.js';
import { pixelOf, stepOf, toneOf, tones } from './tones.js';

/** @typedef {import('./parallel.js').Parallel} Parallel */
/** @typedef {import('./surface.js').Sheet} Sheet */

/** So many are lines of their own; more are counts. */
export const MostLines = 400;

/** Paints what is shown, and below it what else is in the pool. */
export class Linework {
  /** @param {Parallel} parallel */
  constructor(parallel) {
    this.parallel = parallel;
    this.density = new Density();
    this.shown = sheet(1, 1);
    /** The whole pool, which no brush changes. @type {Sheet | null} */
    this.pool = null;
    this.poolKey = '';
    /** By row, which of the tones its place has. */
    this.steps = new Uint8Array(0);
    this.stepsVersion = -1;
  }

  paint() {
    const { selection, shown } = this.parallel.view;
    const { pen, width, height } = this.parallel.card.surface;
    if (selection.shown < selection.pool) {
      pen.globalAlpha = 0.6;
      pen.drawImage(this.#poolPicture().canvas, 0, 0, width, height);
      pen.globalAlpha = 1;
    }
    if (shown.length <= MostLines) {
      this.#stroke(shown);
      return;
    }
    this.shown = this.#picture(this.shown, shown, this.#steps(), tones().pixels);
    pen.drawImage(this.shown.canvas, 0, 0, width, height);
  }

  #steps() {
    const { goods, trials } = this.parallel.view;
    if (this.stepsVersion !== trials.version) this.steps = Uint8Array.from(goods, good => stepOf(Number.isNaN(good) ? 0 : good));
    this.stepsVersion = trials.version;
    return this.steps;
  }

  #poolPicture() {
    const { selection, trials } = this.parallel.view;
    const key = `${this.parallel.known} ${this.parallel.card.surface.width} ${colour('faint')}`;
    if (!this.pool || this.poolKey !== key) {
      const rows = Int32Array.from({ length: trials.size }, (_, row) => row).filter(row => selection.isPool(row));
      this.pool = this.#picture(null, rows, new Uint8Array(trials.size), Uint32Array.of(pixelOf('faint')));
      this.poolKey = key;
    }
    return this.pool;
  }

  /** @param {Sheet | null} before is drawn over where it is as large @param {Int32Array} rows @param {Uint8Array} steps @param {Uint32Array} colours */
  #picture(before, rows, steps, colours) {
    const { axes, ends, card } = this.parallel;
    const { width, height } = card.surface;
    const image = this.density.draw(axes, rows, steps, colours, { width: Math.round(width), height, ...ends });
    const to = before?.canvas.width === image.width && before.canvas.height === image.height ? before : sheet(image.width, image.height);
    to.pen.putImageData(image, 0, 0);
    return to;
  }

  /** @param {Int32Array} rows */
  #stroke(rows) {
    const { pen } = this.parallel.card.surface;
    const { goods } = this.parallel.view;
    pen.lineWidth = rows.length < 60 ? 1.8 : 1.2;
    pen.globalAlpha = rows.length < 60 ? 0.9 : 0.65;
    for (const row of rows) {
      pen.strokeStyle = toneOf(goods[row]);
      pen.stroke(new Path2D(this.parallel.line(row)));
    }
    pen.globalAlpha = 1;
  }
}
