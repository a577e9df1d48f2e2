// @ts-check
// Arithmetic of conditions, as Python does it: / divides truly, % has the sign of its divisor.

/** @typedef {import('./vocabulary.js').Kind} Kind */
/** @typedef {import('./vocabulary.js').Value} Value */

/** @type {Record<string, (left: number, right: number) => number>} */
export const Arithmetic = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left - right * Math.floor(left / right),
  '**': (left, right) => left ** right,
};

/** @type {Record<string, { form: string, takes: (kinds: Kind[]) => boolean, of: (values: Value[]) => Value }>} */
export const Functions = {
  min: { form: 'min(a, b) or min(list)', takes: areNumbers, of: values => fold(values, (least, next) => Math.min(least, next)) },
  max: { form: 'max(a, b) or max(list)', takes: areNumbers, of: values => fold(values, (most, next) => Math.max(most, next)) },
  sum: { form: 'sum(list)', takes: areNumbers, of: values => fold([0, ...values], (sum, next) => sum + next) },
  len: {
    form: 'len(list)',
    takes: kinds => kinds.length === 1 && (kinds[0] === 'list' || kinds[0] === 'any'),
    of: ([list]) => (Array.isArray(list) ? list.length : null),
  },
  abs: { form: 'abs(a)', takes: isNumber, of: ([value]) => (typeof value === 'number' ? Math.abs(value) : null) },
  log2: { form: 'log2(a)', takes: isNumber, of: ([value]) => (typeof value === 'number' && Number.isFinite(Math.log2(value)) ? Math.log2(value) : null) },
};

/** @param {Kind[]} kinds */
function isNumber(kinds) {
  return kinds.length === 1 && (kinds[0] === 'number' || kinds[0] === 'any');
}

/** @param {Kind[]} kinds */
function areNumbers(kinds) {
  return (kinds.length === 1 && kinds[0] === 'list') || (kinds.length > 0 && kinds.every(kind => kind === 'number' || kind === 'any'));
}

/** @param {Value[]} values @param {(one: number, other: number) => number} join */
function fold(values, join) {
  const numbers = values.flatMap(value => (Array.isArray(value) ? value : [value]));
  return numbers.length > 0 && numbers.every(number => typeof number === 'number') ? /** @type {number[]} */ (numbers).reduce(join) : null;
}
