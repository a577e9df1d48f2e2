// @ts-check
// The lines of the parallel coordinates: strokes where they are few, densities where they are many.

import { colour } from '../theme.js';
import { Density } from './density.js';
import { pixelOf, stepOf, toneOf, tones } from './tones.js';

/** @typedef {import('./parallel.js').Parallel} Parallel */

/** So many are lines of their own; more are counts. */
export const MostLines = 400;

/** Paints what is shown, and below it what else is in the pool. */
export class Linework {
  /** @param {Parallel} parallel */
  constructor(parallel) {
    this.parallel = parallel;
    this.density = new Density();
    /** The whole pool, which no brush changes. @type {OffscreenCanvas | null} */
    this.pool = null;
    this.poolKey = '';
  }

  paint() {
    const { selection, goods, trials } = this.parallel.view;
    const { pen, width, height } = this.parallel.card.surface;
    if (selection.shown < selection.pool) {
      pen.globalAlpha = 0.6;
      pen.drawImage(this.#poolPicture(), 0, 0, width, height);
      pen.globalAlpha = 1;
    }
    const shown = this.#rows(row => selection.isShown(row), selection.shown);
    if (shown.length <= MostLines) {
      this.#stroke(shown);
      return;
    }
    const steps = new Uint8Array(trials.size);
    for (const row of shown) steps[row] = stepOf(Number.isNaN(goods[row]) ? 0 : goods[row]);
    pen.drawImage(this.#picture(shown, steps, tones().pixels), 0, 0, width, height);
  }

  #poolPicture() {
    const { selection, trials } = this.parallel.view;
    const key = `${this.parallel.known} ${this.parallel.card.surface.width} ${colour('faint')}`;
    if (!this.pool || this.poolKey !== key) {
      const rows = this.#rows(row => selection.isPool(row), selection.pool);
      this.pool = this.#picture(rows, new Uint8Array(trials.size), Uint32Array.of(pixelOf('faint')));
      this.poolKey = key;
    }
    return this.pool;
  }

  /** @param {Int32Array} rows @param {Uint8Array} steps @param {Uint32Array} colours */
  #picture(rows, steps, colours) {
    const { axes, ends, card } = this.parallel;
    const { width, height } = card.surface;
    const image = this.density.draw(axes, rows, steps, colours, { width: Math.round(width), height, ...ends });
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas;
  }

  // The best last, so that they lie on top.
  /** @param {Int32Array} rows */
  #stroke(rows) {
    const { pen } = this.parallel.card.surface;
    const { goods } = this.parallel.view;
    const good = (/** @type {number} */ row) => (Number.isNaN(goods[row]) ? -1 : goods[row]);
    pen.lineWidth = rows.length < 60 ? 1.8 : 1.2;
    pen.globalAlpha = rows.length < 60 ? 0.9 : 0.65;
    for (const row of [...rows].sort((one, other) => good(one) - good(other))) {
      pen.strokeStyle = toneOf(goods[row]);
      pen.stroke(new Path2D(this.parallel.line(row)));
    }
    pen.globalAlpha = 1;
  }

  /** @param {(row: number) => boolean} isMeant @param {number} many */
  #rows(isMeant, many) {
    const rows = new Int32Array(many);
    for (let row = 0, at = 0; row < this.parallel.view.trials.size && at < many; row++) if (isMeant(row)) rows[at++] = row;
    return rows;
  }
}
