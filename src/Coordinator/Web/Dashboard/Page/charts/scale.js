// @ts-check
// Where values lie on an axis, from 0 to 1, and what is written at it.

import { plain } from '../format.js';

/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {{ at: number, text: string }} Tick */
/**
 * @typedef {{ kind: 'linear' | 'log' | 'steps' | 'words', low: number, high: number, stops: number, place: (value: number) => number,
 *   value: (place: number) => number, ticks: (most: number) => Tick[] }} Scale
 *   `stops`: how many there are side by side, 0 where values go over into each other; `place` of no value is NaN; `value` between two stops is between them
 */

// So few values, each of which comes again, stand side by side at even distances.
const FewValues = 8;
const Decades = 100;

/** @param {number} low @param {number} high @param {(value: number) => string} [text] @returns {Scale} */
export function linear(low, high, text = plain) {
  const [from, span] = high > low ? [low, high - low] : [low - (Math.abs(low) || 1) / 2, Math.abs(low) || 1];
  const place = (/** @type {number} */ value) => (value - from) / span;
  return {
    kind: 'linear',
    low: from,
    high: from + span,
    stops: 0,
    place,
    value: at => from + at * span,
    ticks: most => {
      const step = niceStep(span / Math.max(1, most));
      const first = Math.ceil(from / step - 1e-9);
      const ticks = [];
      for (let k = first; k * step <= from + span * (1 + 1e-9); k++) ticks.push({ at: place(k * step), text: text(Number((k * step).toPrecision(12))) });
      return ticks;
    },
  };
}

/** @param {number} low over 0 @param {number} high @param {(value: number) => string} [text] @returns {Scale} */
export function logarithmic(low, high, text = plain) {
  const [from, to] = high > low ? [Math.log10(low), Math.log10(high)] : [Math.log10(low) - 0.5, Math.log10(low) + 0.5];
  const place = (/** @type {number} */ value) => (value > 0 ? (Math.log10(value) - from) / (to - from) : NaN);
  return {
    kind: 'log',
    low: 10 ** from,
    high: 10 ** to,
    stops: 0,
    place,
    value: at => 10 ** (from + at * (to - from)),
    ticks: most => {
      const [first, last] = [Math.ceil(from - 1e-9), Math.floor(to + 1e-9)];
      const each = Math.max(1, Math.ceil((last - first + 1) / Math.max(2, most)));
      const factors = last - first < 2 ? [1, 2, 5] : [1];
      const ticks = [];
      for (let power = first - 1; power <= last; power++)
        for (const factor of factors) {
          const value = factor * 10 ** power;
          if ((power - first) % each === 0 && value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
            ticks.push({ at: place(value), text: text(Number(value.toPrecision(6))) });
        }
      return ticks;
    },
  };
}

/** @param {number[]} stops in order @param {(value: number) => string} text @returns {Scale} at even distances */
export function steps(stops, text) {
  const { length } = stops;
  const place = (/** @type {number} */ value) => {
    if (Number.isNaN(value)) return NaN;
    let at = 0;
    while (at < length - 1 && stops[at + 1] <= value) at++;
    const share = value > stops[at] && at < length - 1 ? (value - stops[at]) / (stops[at + 1] - stops[at]) : 0;
    return (at + share + 0.5) / length;
  };
  return {
    kind: 'steps',
    low: stops[0],
    high: stops[length - 1],
    stops: length,
    place,
    value: at => {
      const step = Math.min(length - 1, Math.max(0, at * length - 0.5));
      const below = Math.floor(step);
      return stops[below] + (step - below) * ((stops[below + 1] ?? stops[below]) - stops[below]);
    },
    ticks: most => {
      const each = Math.max(1, Math.ceil(length / Math.max(1, most)));
      return stops.flatMap((stop, at) => (at % each === 0 ? [{ at: (at + 0.5) / length, text: text(stop) }] : []));
    },
  };
}

/**
 * The scale that a column's values ask for.
 * @param {Column} column
 * @param {(row: number) => boolean} isMeant which rows
 * @param {number} size how many rows there are
 * @param {{ isLog?: boolean | null, text?: (value: number) => string }} [options] `isLog` null: where the values span more than two decades
 * @returns {Scale}
 */
export function scaleOf(column, isMeant, size, { isLog = null, text = plain } = {}) {
  const { values } = column;
  /** @type {Set<number>} */
  const distinct = new Set();
  let [low, high, least, known] = [Infinity, -Infinity, Infinity, 0];
  for (let row = 0; row < size; row++) {
    const value = values[row];
    if (Number.isNaN(value) || !isMeant(row)) continue;
    known++;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value > 0 && value < least) least = value;
    if (distinct.size <= FewValues) distinct.add(value);
  }
  if (column.isWords) return wordScale(column);
  if (known === 0) return linear(0, 1, text);
  const stops = [...distinct].sort((one, other) => one - other);
  if (column.part === 'parameter' && stops.length <= FewValues && 2 * stops.length <= known && stops.length > 1) return steps(stops, text);
  const asLog = isLog ?? (low > 0 && high / low >= Decades);
  return asLog && least < Infinity ? logarithmic(least, high, text) : linear(low, high, text);
}

/** @param {Column} column */
function wordScale(column) {
  const order = column.words.map((word, code) => ({ word, code })).sort((one, other) => one.word.localeCompare(other.word, 'en', { numeric: true }));
  const placeOf = new Float64Array(column.words.length);
  order.forEach(({ code }, at) => {
    placeOf[code] = (at + 0.5) / order.length;
  });
  /** @type {Scale} */
  const scale = {
    kind: 'words',
    low: 0,
    high: order.length - 1,
    stops: order.length,
    place: code => (Number.isNaN(code) ? NaN : placeOf[code]),
    value: at => order[Math.min(order.length - 1, Math.max(0, Math.floor(at * order.length)))]?.code ?? NaN,
    ticks: most => {
      const each = Math.max(1, Math.ceil(order.length / Math.max(1, most)));
      return order.flatMap(({ word }, at) => (at % each === 0 ? [{ at: (at + 0.5) / order.length, text: word }] : []));
    },
  };
  return scale;
}

/** @param {number} rough @returns {number} 1, 2 or 5 times a power of ten, at least as much */
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * /** @type {number} */ ([1, 2, 5, 10].find(factor => factor * power >= rough * (1 - 1e-9)));
}
