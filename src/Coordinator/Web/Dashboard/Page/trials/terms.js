// @ts-check
// The terms of a condition: steps along its text, and what may not stand beside what.

import { ConditionFault, cut } from './tokens.js';
import { kindOf, nearest, wordingOf } from './vocabulary.js';

/** @typedef {import('./vocabulary.js').Known} Known */
/** @typedef {import('./vocabulary.js').Kind} Kind */
/** @typedef {import('./vocabulary.js').Value} Value */
/** @typedef {(row: number) => Value} Worth */
/**
 * @typedef {{ of: Worth, kind: Kind, at: number, end: number, name?: Known, isBare?: boolean, literal?: Value }} Term `isBare`: no name, a text where = takes
 *   one
 */

const DeepestNesting = 64;

/** Reads along a condition's tokens. */
export class Terms {
  /** @param {string} text @param {Map<string, Known>} vocabulary */
  constructor(text, vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
    this.tokens = cut(text);
    this.next = 0;
    this.depth = 0;
  }

  get peek() {
    return this.tokens[this.next];
  }

  // Faults

  /** @param {Term} term @returns {Term} */
  test(term) {
    if (this.settled(term).kind === 'flag') return term;
    throw new ConditionFault('a comparison is missing: one of = != < <= > >= in', term.end);
  }

  /** @param {Term} term @param {string} sign @returns {Term} */
  number(term, sign) {
    const { kind } = this.settled(term);
    if (kind === 'number' || kind === 'any') return term;
    const instead = kind === 'text' ? ': compare it with =, != or in' : '';
    throw new ConditionFault(`${this.written(term)} is ${wordingOf(kind)}, and ${sign} needs numbers${instead}`, term.at);
  }

  /** @param {Term} left @param {Value} value @param {number} at */
  check(left, value, at) {
    if (!agree(left.kind, kindOf(value))) this.mismatch(left, kindOf(value), at);
    const words = left.name?.words;
    if (!words || typeof value !== 'string' || words.includes(value)) return;
    const meant = nearest(value, words);
    throw new ConditionFault(`${left.name?.name} is never ${value}: ${meant ? `did you mean ${meant}?` : `it is one of ${words.join(', ')}`}`, at);
  }

  /** @param {Term} left @param {Kind} other @param {number} at */
  mismatch(left, other, at) {
    throw new ConditionFault(`${this.written(left)} is ${wordingOf(left.kind)}, and this is ${wordingOf(other)}: they are never equal`, at);
  }

  /** @param {Term} term @returns {Term} */
  settled(term) {
    return term.isBare ? this.unknown(term) : term;
  }

  /** @param {Term} word @returns {never} */
  unknown(word) {
    const [written, names] = [this.written(word), [...this.vocabulary.keys()]];
    const meant = nearest(written, names);
    throw new ConditionFault(`${written} is no known name: ${meant ? `did you mean ${meant}?` : `there are ${names.join(', ')}`}`, word.at);
  }

  /** @param {string} message @returns {never} */
  fail(message) {
    throw new ConditionFault(message, this.peek.at);
  }

  /** @param {{ at: number, end: number }} term */
  written(term) {
    return this.text.slice(term.at, term.end);
  }

  // Steps

  /** @param {number} at @param {Kind} kind @param {Worth} of @returns {Term} */
  until(at, kind, of) {
    return { of, kind, at, end: this.tokens[this.next - 1].end };
  }

  /** @template T @param {() => T} read @returns {T} */
  nested(read) {
    if (++this.depth > DeepestNesting) this.fail(`nested deeper than ${DeepestNesting}`);
    const inner = read();
    this.depth--;
    return inner;
  }

  /** @param {string} text */
  take(text) {
    if ((this.peek.kind !== 'word' && this.peek.kind !== 'symbol') || this.peek.text !== text) return false;
    this.next++;
    return true;
  }

  /** @param {string} symbol */
  expect(symbol) {
    if (!this.take(symbol))
      this.fail(this.peek.kind === 'end' ? `ends too early: ${symbol} is missing` : `${this.peek.text} stands where ${symbol} is expected`);
  }
}

/** @param {Kind} one @param {Kind} other */
export const agree = (one, other) => one === other || one === 'any' || other === 'any';
