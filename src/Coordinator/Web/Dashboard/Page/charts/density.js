// @ts-check
// Parallel coordinates of very many trials, as counts: how many go from here on one axis to there on the next. What it costs depends on the bins and
// the pixels; the trials are passed over once for each pair of axes.

const Bins = 128;
// The lane of trials that have no such value.
const Lane = Bins;
const Across = Bins + 1;
// Every second column of pixels is worked out, and painted twice.
const Step = 2;

/** @param {(row: number) => number} placeOf from 0 to 1; NaN for the lane @param {number} size @returns {Uint8Array} by row: the bin from the low end up, or the lane */
export function binsOf(placeOf, size) {
  const bins = new Uint8Array(size);
  for (let row = 0; row < size; row++) {
    const place = placeOf(row);
    bins[row] = Number.isNaN(place) ? Lane : Math.min(Bins - 1, Math.max(0, Math.floor(place * Bins)));
  }
  return bins;
}

/**
 * @param {{ bins: Uint8Array, x: number }[]} axes from left to right; x in pixels
 * @param {Int32Array} rows those that are drawn
 * @param {Uint8Array} tones by row: which of the colours
 * @param {Uint32Array} colours
 * @param {{ width: number, height: number, top: number, bottom: number, lane: number }} place pixels: the ends of the axes, and where the lane lies
 * @returns {ImageData} the more lines cross a pixel, the denser; its colour is that of their mean
 */
export function densityOf(axes, rows, tones, colours, { width, height, top, bottom, lane }) {
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const columns = Math.ceil(width / Step);
  const [counts, sums] = [new Float32Array(columns * height), new Float32Array(columns * height)];
  const thick = (bottom - top) / Bins;
  const yOf = Float32Array.from({ length: Across }, (_, bin) => bin === Lane ? lane - 1 : bottom - (bin + 1) * thick);
  for (let at = 0; at + 1 < axes.length; at++) {
    const pairs = pairsOf(axes[at].bins, axes[at + 1].bins, rows, tones);
    spread(pairs, yOf, Math.max(2, thick), axes[at].x, axes[at + 1].x, height, counts, sums);
  }
  sumUp(counts, height);
  sumUp(sums, height);
  paint(pixels, width, height, counts, sums, colours);
  return image;
}

/** @param {Uint8Array} left @param {Uint8Array} right @param {Int32Array} rows @param {Uint8Array} tones */
function pairsOf(left, right, rows, tones) {
  const [counts, sums] = [new Uint32Array(Across * Across), new Uint32Array(Across * Across)];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    const pair = left[row] * Across + right[row];
    counts[pair]++;
    sums[pair] += tones[row];
  }
  return { counts, sums };
}

/**
 * Each pair as a line as thick as a bin, and as high in each column of pixels as it is steep. Only where it begins and ends in a column is written:
 * `sumUp` makes the lines of it.
 * @param {{ counts: Uint32Array, sums: Uint32Array }} pairs @param {Float32Array} yOf @param {number} thick @param {number} from @param {number} to @param {number} height
 * @param {Float32Array} counts @param {Float32Array} sums by column of pixels, each from top to bottom
 */
function spread(pairs, yOf, thick, from, to, height, counts, sums) {
  const [first, last] = [Math.ceil(from / Step), Math.ceil(to / Step)];
  let many = 0;
  for (let pair = 0; pair < pairs.counts.length; pair++) if (pairs.counts[pair] > 0) many++;
  const [start, slope, tall, count, sum] = Array.from({ length: 5 }, () => new Float32Array(many));
  const step = Step / (to - from);
  for (let pair = 0, at = 0; pair < pairs.counts.length; pair++) {
    if (pairs.counts[pair] === 0) continue;
    start[at] = yOf[Math.floor(pair / Across)];
    slope[at] = yOf[pair % Across] - start[at];
    tall[at] = Math.max(thick, Math.abs(slope[at] * step));
    count[at] = pairs.counts[pair];
    sum[at++] = pairs.sums[pair];
  }
  for (let column = first; column < last; column++) {
    const share = (column * Step - from) / (to - from);
    const base = column * height;
    for (let at = 0; at < many; at++) {
      const y = start[at] + share * slope[at];
      const top = base + (y | 0);
      const end = base + ((y + tall[at]) | 0);
      counts[top] += count[at];
      counts[end] -= count[at];
      sums[top] += sum[at];
      sums[end] -= sum[at];
    }
  }
}

/** @param {Float32Array} steps by column of pixels @param {number} height */
function sumUp(steps, height) {
  for (let base = 0; base < steps.length; base += height)
    for (let at = base + 1; at < base + height; at++) steps[at] += steps[at - 1];
}

/** @param {Uint32Array} pixels @param {number} width @param {number} height @param {Float32Array} counts @param {Float32Array} sums @param {Uint32Array} colours */
function paint(pixels, width, height, counts, sums, colours) {
  let most = 1;
  for (let at = 0; at < counts.length; at++) if (counts[at] > most) most = counts[at];
  const scale = 215 / Math.log1p(most);
  for (let x = 0; x < width; x++) {
    const base = Math.floor(x / Step) * height;
    for (let y = 0; y < height; y++) {
      const count = counts[base + y];
      if (count < 0.5) continue;
      const colour = colours[Math.min(colours.length - 1, (sums[base + y] / count) | 0)];
      pixels[y * width + x] = (colour & 0xffffff) | ((40 + Math.log1p(count) * scale) << 24);
    }
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
  const place = (/** @type {number} */ bin) => bin === Lane ? -0.1 : (bin + 0.5) / Bins;
  for (let row = 0; row < size; row++) {
    if (!isMeant(row)) continue;
    const away = Math.abs(place(left[row]) * (1 - share) + place(right[row]) * share - at);
    if (away < least) [found, least] = [row, away];
  }
  return found;
}
