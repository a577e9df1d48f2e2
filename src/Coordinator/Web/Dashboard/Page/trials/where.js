// @ts-check
// Conditions over trials, in the words of `--where`: read by recursive descent straight into functions of a row. What binds closer stands further down.

import { Arithmetic, Functions } from './arithmetic.js';
import { agree, Terms } from './terms.js';
import { ConditionFault } from './tokens.js';
import { areEqual, kindOf } from './vocabulary.js';

/** @typedef {import('./vocabulary.js').Known} Known */
/** @typedef {import('./vocabulary.js').Value} Value */
/** @typedef {import('./terms.js').Worth} Worth */
/** @typedef {import('./terms.js').Term} Term */

// Together with how deep it may be nested: the bound of what a condition costs to read.
const LongestText = 4000;
const Reserved = ['and', 'or', 'not', 'in'];
const Signs = ['=', '==', '!=', '<', '<=', '>', '>='];

/**
 * @param {string} text
 * @param {Map<string, Known>} vocabulary
 * @returns {(row: number) => boolean} a comparison with a value that is not there is false
 * @throws {ConditionFault} says what is wrong, and at which letter
 */
export function readCondition(text, vocabulary) {
  if (text.length > LongestText) throw new ConditionFault(`the condition is ${text.length} letters long, must be at most ${LongestText}`, 0);
  const { of } = new Reader(text, vocabulary).whole();
  return row => of(row) === true;
}

class Reader extends Terms {
  /** @returns {Term} */
  whole() {
    const whole = this.test(this.or());
    if (this.peek.kind !== 'end') this.fail(`${this.peek.text} is left over: join comparisons with and, or`);
    return whole;
  }

  /** @returns {Term} */
  or() {
    let left = this.and();
    while (this.take('or')) {
      const [one, other] = [this.test(left).of, this.test(this.and()).of];
      left = this.until(left.at, 'flag', row => one(row) === true || other(row) === true);
    }
    return left;
  }

  /** @returns {Term} */
  and() {
    let left = this.not();
    while (this.take('and')) {
      const [one, other] = [this.test(left).of, this.test(this.not()).of];
      left = this.until(left.at, 'flag', row => one(row) === true && other(row) === true);
    }
    return left;
  }

  /** @returns {Term} */
  not() {
    const { at } = this.peek;
    if (!this.take('not')) return this.comparison();
    const { of } = this.nested(() => this.test(this.not()));
    return this.until(at, 'flag', row => of(row) !== true);
  }

  /** @returns {Term} */
  comparison() {
    let left = this.sum();
    if (this.take('in')) return this.membership(left, false);
    if (this.peek.kind === 'word' && this.peek.text === 'not' && this.tokens[this.next + 1].text === 'in') {
      this.next += 2;
      return this.membership(left, true);
    }
    if (!this.isSign()) return left;
    const { at } = left;
    /** @type {Worth[]} */
    const links = [];
    while (this.isSign()) {
      const sign = this.tokens[this.next++].text;
      const right = this.operand((left = this.settled(left)), sign, this.sum());
      links.push(link(sign, left.of, right.of));
      left = right;
    }
    return this.until(at, 'flag', links.length === 1 ? links[0] : row => links.every(holds => holds(row) === true));
  }

  isSign() {
    return this.peek.kind === 'symbol' && Signs.includes(this.peek.text);
  }

  // Of early_stopping, validation_loss is a value and not the metric of that name.
  /** @param {Term} left @param {string} sign @param {Term} right @returns {Term} */
  operand(left, sign, right) {
    if (!['=', '==', '!='].includes(sign)) {
      this.number(left, sign);
      return this.number(right, sign);
    }
    if (right.name && left.name?.words?.includes(right.name.name)) return { ...right, kind: 'text', of: () => this.written(right) };
    if (right.isBare && left.kind !== 'text' && left.kind !== 'any') this.unknown(right);
    if (right.literal !== undefined) this.check(left, right.literal, right.at);
    else if (!agree(left.kind, right.kind)) this.mismatch(left, right.kind, right.at);
    return { ...right, isBare: false };
  }

  /** @param {Term} left @param {boolean} isNegated @returns {Term} */
  membership(left, isNegated) {
    const { of } = (left = this.settled(left));
    if (this.peek.text !== '[') this.fail('in needs a list: [a, b]');
    const items = this.list(0, (value, at) => this.check(left, value, at));
    return this.until(left.at, 'flag', row => {
      const value = of(row);
      return value !== null && items.some(item => areEqual(value, item)) !== isNegated;
    });
  }

  /** @returns {Term} */
  sum() {
    let left = this.product();
    while (this.peek.kind === 'symbol' && ['+', '-'].includes(this.peek.text)) left = this.calculate(left, () => this.product());
    return left;
  }

  /** @returns {Term} */
  product() {
    let left = this.signed();
    while (this.peek.kind === 'symbol' && ['*', '/', '%'].includes(this.peek.text)) left = this.calculate(left, () => this.signed());
    return left;
  }

  // A sign binds less than a power: -2 ** 2 is -4.
  /** @returns {Term} */
  signed() {
    const { at, text } = this.peek;
    if (!this.take('-') && !this.take('+')) return this.power();
    const value = this.number(
      this.nested(() => this.signed()),
      text,
    );
    const turned = (/** @type {Value} */ number) => (typeof number === 'number' ? (text === '-' ? -number : number) : null);
    const literal = value.literal === undefined ? undefined : turned(value.literal);
    return { ...this.until(at, 'number', row => turned(value.of(row))), literal };
  }

  /** @returns {Term} */
  power() {
    const left = this.atom();
    return this.peek.kind === 'symbol' && this.peek.text === '**' ? this.calculate(left, () => this.nested(() => this.signed())) : left;
  }

  /** @returns {Term} */
  atom() {
    const token = this.peek;
    if (this.take('(')) {
      const inner = this.nested(() => this.settled(this.or()));
      this.expect(')');
      return this.until(token.at, inner.kind, inner.of);
    }
    const following = this.tokens[this.next + 1];
    if (token.kind === 'word' && following.text === '(' && following.kind === 'symbol' && !Reserved.includes(token.text)) return this.call();
    const name = token.kind === 'word' ? this.vocabulary.get(token.text) : undefined;
    if (name) {
      this.next++;
      return { ...this.until(token.at, name.kind, name.value), name };
    }
    const isBare = token.kind === 'word' && token.text !== 'true' && token.text !== 'false';
    const literal = this.value();
    return { ...this.until(token.at, kindOf(literal), () => literal), isBare, literal };
  }

  /** @returns {Term} */
  call() {
    const name = this.peek;
    const known = Functions[name.text];
    if (!known) throw new ConditionFault(`${name.text} is no function; known are ${Object.keys(Functions).join(', ')}`, name.at);
    this.next += 2;
    /** @type {Term[]} */
    const given = [];
    while (!this.take(')')) {
      if (given.length > 0) this.expect(',');
      given.push(this.nested(() => this.settled(this.sum())));
    }
    if (!known.takes(given.map(term => term.kind))) throw new ConditionFault(`${name.text} is called as ${known.form}, with numbers`, name.at);
    return this.until(name.at, 'number', row => {
      const values = given.map(term => term.of(row));
      return values.includes(null) ? null : known.of(values);
    });
  }

  /** @param {Term} left @param {() => Term} readRight @returns {Term} */
  calculate(left, readRight) {
    const sign = this.tokens[this.next++].text;
    const [one, other] = [this.number(left, sign).of, this.number(readRight(), sign).of];
    const work = Arithmetic[sign];
    return this.until(left.at, 'number', row => {
      const [a, b] = [one(row), other(row)];
      return typeof a === 'number' && typeof b === 'number' ? finite(work(a, b)) : null;
    });
  }

  /** @param {number} [depth] @returns {Value} */
  value(depth = 0) {
    const token = this.peek;
    if (token.text === '[' && token.kind === 'symbol' && depth < 2) return this.list(depth);
    this.next++;
    if (token.kind === 'quoted') return token.text;
    if (token.kind === 'number') return this.numeral(token);
    if (token.text === '-' && token.kind === 'symbol' && depth > 0 && this.peek.kind === 'number') return -this.numeral(this.tokens[this.next++]);
    if (token.kind === 'word' && !Reserved.includes(token.text)) return token.text === 'true' ? true : token.text === 'false' ? false : token.text;
    throw new ConditionFault(token.kind === 'end' ? 'ends too early: a value is missing' : `${token.text} stands where a value is expected`, token.at);
  }

  /** @param {number} depth @param {(value: Value, at: number) => void} [check] @returns {Value[]} */
  list(depth, check = () => {}) {
    this.expect('[');
    /** @type {Value[]} */
    const items = [];
    while (!this.take(']')) {
      if (items.length > 0) this.expect(',');
      const { at } = this.peek;
      items.push(this.value(depth + 1));
      check(items[items.length - 1], at);
    }
    return items;
  }

  /** @param {import('./tokens.js').Token} token */
  numeral(token) {
    const number = /^[\d.]+(?:[eE][+-]?\d+)?$/.test(token.text) ? Number(token.text) : NaN;
    if (!Number.isFinite(number)) throw new ConditionFault(`${token.text} is no number`, token.at);
    return number;
  }
}

/** @param {string} sign @param {Worth} left @param {Worth} right @returns {Worth} */
function link(sign, left, right) {
  const compare = /** @type {Record<string, (one: any, other: any) => boolean>} */ ({
    '=': areEqual,
    '==': areEqual,
    '!=': (one, other) => !areEqual(one, other),
    '<': (one, other) => one < other,
    '<=': (one, other) => one <= other,
    '>': (one, other) => one > other,
    '>=': (one, other) => one >= other,
  })[sign];
  return row => {
    const [one, other] = [left(row), right(row)];
    return one !== null && other !== null && compare(one, other);
  };
}

/** @param {number} value */
const finite = value => (Number.isFinite(value) ? value : null);
