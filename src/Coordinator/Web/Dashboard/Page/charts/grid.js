// @ts-check
// Counts over the places of values: quantiles and means without sorting anything.

/** @typedef {import('../trials/view.js').View} View */

const Down = 128;

/**
 * The middle of one value along another, by bins of it.
 * @param {Float32Array} xs places by row @param {Float32Array} ys @param {(row: number) => boolean} isMeant @param {number} bins
 * @returns {{ at: number, low: number, middle: number, high: number, many: number }[]} quartiles, as places; bins without a trial are left out
 */
export function quartiles(xs, ys, isMeant, bins) {
  const counts = new Uint32Array(bins * Down);
  const many = new Uint32Array(bins);
  for (let row = 0; row < xs.length; row++) {
    if (Number.isNaN(xs[row]) || Number.isNaN(ys[row]) || !isMeant(row)) continue;
    const bin = binOf(xs[row], bins);
    counts[bin * Down + binOf(ys[row], Down)]++;
    many[bin]++;
  }
  const found = [];
  for (let bin = 0; bin < bins; bin++) {
    if (many[bin] === 0) continue;
    const [low, middle, high] = [0.25, 0.5, 0.75].map(share => quantile(counts.subarray(bin * Down, (bin + 1) * Down), share * many[bin]));
    found.push({ at: (bin + 0.5) / bins, low, middle, high, many: many[bin] });
  }
  return found;
}

/**
 * The mean over two values, smoothed by a bell as wide as a few bins.
 * @param {Float32Array} xs @param {Float32Array} ys @param {Float32Array} worths by row; those that are none are left out
 * @param {(row: number) => boolean} isMeant
 * @param {{ across: number, up: number, reach: [number, number] }} size bins, and how many the bell is wide along each
 * @returns {{ means: Float32Array, weights: Float32Array }} row by row from the low end up; NaN where no trial is near
 */
export function surfaceOf(xs, ys, worths, isMeant, { across, up, reach }) {
  const [sums, weights] = [new Float32Array(across * up), new Float32Array(across * up)];
  for (let row = 0; row < xs.length; row++) {
    if (Number.isNaN(xs[row]) || Number.isNaN(ys[row]) || Number.isNaN(worths[row]) || !isMeant(row)) continue;
    const bin = binOf(ys[row], up) * across + binOf(xs[row], across);
    sums[bin] += worths[row];
    weights[bin]++;
  }
  const [smoothSums, smoothWeights] = [blur(sums, across, up, reach), blur(weights, across, up, reach)];
  const means = smoothSums.map((sum, bin) => (smoothWeights[bin] > 0.02 ? sum / smoothWeights[bin] : NaN));
  return { means, weights: smoothWeights };
}

/** @param {Float32Array} places @param {(row: number) => boolean} isMeant @param {number} bins @returns {{ counts: Uint32Array, many: number }} */
export function histogram(places, isMeant, bins) {
  const counts = new Uint32Array(bins);
  let many = 0;
  for (let row = 0; row < places.length; row++) {
    if (Number.isNaN(places[row]) || !isMeant(row)) continue;
    counts[binOf(places[row], bins)]++;
    many++;
  }
  return { counts, many };
}

/** @param {number} place @param {number} bins */
const binOf = (place, bins) => Math.min(bins - 1, Math.max(0, Math.floor(place * bins)));

/** @param {Uint32Array} counts @param {number} wanted @returns {number} the place up to which there are as many */
function quantile(counts, wanted) {
  let sum = 0;
  for (let at = 0; at < counts.length; at++) {
    if (sum + counts[at] >= wanted) return (at + (counts[at] > 0 ? (wanted - sum) / counts[at] : 0.5)) / counts.length;
    sum += counts[at];
  }
  return 1;
}

/** @param {Float32Array} values @param {number} across @param {number} up @param {[number, number]} reach */
function blur(values, across, up, reach) {
  /** @param {Float32Array} from @param {number} length @param {number} lines @param {number} step @param {number} skip @param {number} far */
  const along = (from, length, lines, step, skip, far) => {
    const wide = Math.ceil(2.5 * far);
    const bell = Float32Array.from({ length: 2 * wide + 1 }, (_, at) => Math.exp(-0.5 * ((at - wide) / far) ** 2));
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++)
      for (let at = 0; at < length; at++) {
        let sum = 0;
        for (let by = -wide; by <= wide; by++) if (at + by >= 0 && at + by < length) sum += bell[by + wide] * from[line * skip + (at + by) * step];
        to[line * skip + at * step] = sum;
      }
    return to;
  };
  return along(along(values, across, up, 1, across, reach[0]), up, across, across, 1, reach[1]);
}
