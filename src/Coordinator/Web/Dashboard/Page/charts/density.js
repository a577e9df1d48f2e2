// @ts-check
// Parallel coordinates of very many trials, as counts: how many go from here on one axis to there on the next. What it costs depends on the bins and
// the pixels; the trials are passed over once for each pair of axes.

const Bins = 96;
/** The lane of trials that have no such value. */
export const Lane = Bins;
const Across = Bins + 1;
// Every third column of pixels is worked out, and painted thrice.
const Step = 3;
// A count and a sum of tones in one number, so that each is written with one write: exact up to 2^29 trials.
const One = 2 ** 24;
// So many counts have their darkness in a table; of more it is worked out.
const Tabled = 2048;

/**
 * @param {(row: number) => number} placeOf from 0 to 1; NaN for the lane
 * @param {number} size
 * @returns {Uint8Array} by row: the bin from the low end up, or the lane
 */
export function binsOf(placeOf, size) {
  const bins = new Uint8Array(size);
  for (let row = 0; row < size; row++) {
    const place = placeOf(row);
    bins[row] = Number.isNaN(place) ? Lane : Math.min(Bins - 1, Math.max(0, Math.floor(place * Bins)));
  }
  return bins;
}

/** Draws densities; what it needs of memory is kept from one to the next. */
export class Density {
  constructor() {
    /** By pair of bins: how many trials and of which tones. */
    this.pairs = new Float64Array(Across * Across);
    /** By pixel, a column after the other, from top to bottom: how many lines cross it and of which tones. */
    this.crossed = new Float64Array(0);
    /** By line: where it starts, how it slopes, how high it is in a column, how many and of which tones. */
    this.lines = new Float64Array(4 * Across * Across);
    this.image = new ImageData(1, 1);
  }

  /**
   * @param {{ bins: Uint8Array, x: number }[]} axes from left to right; x in pixels
   * @param {Int32Array} rows those that are drawn
   * @param {Uint8Array} tones by row: which of the colours
   * @param {Uint32Array} colours
   * @param {{ width: number, height: number, top: number, bottom: number, lane: number }} place pixels: the ends of the axes, and where the lane lies
   * @returns {ImageData} until the next is drawn: the more lines cross a pixel, the denser; its colour is that of their mean
   */
  draw(axes, rows, tones, colours, place) {
    const { width, height, top, bottom, lane } = place;
    const size = Math.ceil(width / Step) * height;
    if (this.crossed.length === size) this.crossed.fill(0);
    else this.crossed = new Float64Array(size);
    const thick = (bottom - top) / Bins;
    const yOf = Float32Array.from({ length: Across }, (_, bin) => (bin === Lane ? lane - 1 : bottom - (bin + 1) * thick));
    for (let at = 0; at + 1 < axes.length; at++) {
      this.#count(axes[at].bins, axes[at + 1].bins, rows, tones);
      this.#spread(yOf, Math.max(2, thick), axes[at].x, axes[at + 1].x, height);
    }
    this.#sumUp(height);
    return this.#paint(width, height, colours);
  }

  /** @param {Uint8Array} left @param {Uint8Array} right @param {Int32Array} rows @param {Uint8Array} tones */
  #count(left, right, rows, tones) {
    const { pairs } = this;
    pairs.fill(0);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      pairs[left[row] * Across + right[row]] += One + tones[row];
    }
  }

  // Each pair as a line as thick as a bin, and as high in each column of pixels as it is steep. Only where it begins and ends in a column is
  // written: summing up makes the lines of it.
  /** @param {Float32Array} yOf @param {number} thick @param {number} from @param {number} to @param {number} height */
  #spread(yOf, thick, from, to, height) {
    const { pairs, lines, crossed } = this;
    const step = Step / (to - from);
    let end = 0;
    for (let left = 0; left < Across; left++)
      for (let right = 0; right < Across; right++) {
        const pair = pairs[left * Across + right];
        if (pair === 0) continue;
        const slope = yOf[right] - yOf[left];
        lines[end] = yOf[left];
        lines[end + 1] = slope;
        lines[end + 2] = Math.max(thick, Math.abs(slope * step));
        lines[end + 3] = pair;
        end += 4;
      }
    for (let column = Math.ceil(from / Step); column < Math.ceil(to / Step); column++) {
      const share = (column * Step - from) / (to - from);
      const base = column * height;
      for (let at = 0; at < end; at += 4) {
        const y = lines[at] + share * lines[at + 1];
        crossed[base + (y | 0)] += lines[at + 3];
        crossed[base + ((y + lines[at + 2]) | 0)] -= lines[at + 3];
      }
    }
  }

  /** @param {number} height */
  #sumUp(height) {
    const { crossed } = this;
    for (let base = 0; base < crossed.length; base += height) for (let at = base + 1; at < base + height; at++) crossed[at] += crossed[at - 1];
  }

  /** @param {number} width @param {number} height @param {Uint32Array} colours */
  #paint(width, height, colours) {
    if (this.image.width !== width || this.image.height !== height) this.image = new ImageData(width, height);
    const pixels = new Uint32Array(this.image.data.buffer).fill(0);
    const { crossed } = this;
    let most = 1;
    for (let at = 0; at < crossed.length; at++) if (crossed[at] > most) most = crossed[at];
    const scale = 215 / Math.log1p(most / One);
    const dark = (/** @type {number} */ count) => (40 + Math.log1p(count) * scale) << 24;
    const darkness = Int32Array.from({ length: Tabled }, (_, count) => dark(count));
    const last = colours.length - 1;
    for (let x = 0; x < width; x += Step) {
      const base = (x / Step) * height;
      for (let y = 0; y < height; y++) {
        const both = crossed[base + y];
        if (both < One) continue;
        // Counts fit into 29 bits.
        const count = (both / One) | 0;
        const colour = last === 0 ? colours[0] : colours[Math.min(last, ((both - count * One) / count) | 0)];
        const pixel = (colour & 0xffffff) | (count < Tabled ? darkness[count] : dark(count));
        const end = Math.min(width, x + Step);
        for (let along = x; along < end; along++) pixels[y * width + along] = pixel;
      }
    }
    return this.image;
  }
}

/**
 * Which of the trials passes nearest to a point.
 * @param {Uint8Array} left bins of the axis to the left of it @param {Uint8Array} right
 * @param {number} share of the way between them @param {number} at from 0, the low end, to 1; under 0 for the lane
 * @param {(row: number) => boolean} isMeant @param {number} size @param {number} reach as `at`
 * @returns {number} its row; -1 where none is as near
 */
export function nearestLine(left, right, share, at, isMeant, size, reach) {
  let [found, least] = [-1, reach];
  const place = (/** @type {number} */ bin) => (bin === Lane ? -0.1 : (bin + 0.5) / Bins);
  for (let row = 0; row < size; row++) {
    if (!isMeant(row)) continue;
    const away = Math.abs(place(left[row]) * (1 - share) + place(right[row]) * share - at);
    if (away < least) [found, least] = [row, away];
  }
  return found;
}
