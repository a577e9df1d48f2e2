// @ts-check
// Cuts a condition into words, numbers, quoted texts and symbols, as `--where` does.

/**
 * @typedef {{ kind: 'word' | 'number' | 'quoted' | 'symbol' | 'end', text: string, at: number, end: number }} Token places from 0, the end behind the last
 *   letter
 */

// The longer of two that start alike comes first.
const Symbols = ['<=', '>=', '!=', '==', '**', '<', '>', '=', '+', '-', '*', '/', '%', '(', ')', '[', ']', ','];
const Instead = /** @type {Record<string, string>} */ ({ '&': ': write and', '|': ': write or', '!': ': write not', '^': ': write **' });

/** What is wrong with a condition, and where. */
export class ConditionFault extends Error {
  /** @param {string} message @param {number} at the first letter that it means, from 0 */
  constructor(message, at) {
    super(message);
    this.at = at;
  }
}

/** @param {string} text @returns {Token[]} the last is the end @throws {ConditionFault} */
export function cut(text) {
  /** @type {Token[]} */
  const tokens = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at])) {
      at++;
      continue;
    }
    const token = next(text, at);
    tokens.push(token);
    at = token.end;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length, end: text.length }];
}

/** @param {string} text @param {number} at @returns {Token} */
function next(text, at) {
  const word = /^[A-Za-z_]\w*/.exec(text.slice(at))?.[0];
  if (word) return { kind: 'word', text: word, at, end: at + word.length };
  // A sign belongs to the number after an exponent's e only.
  const number = /^[\d.](?:[eE][+-]|[A-Za-z\d.])*/.exec(text.slice(at))?.[0];
  if (number) return { kind: 'number', text: number, at, end: at + number.length };
  if (text[at] === '"' || text[at] === "'") {
    const end = text.indexOf(text[at], at + 1);
    if (end < 0) throw new ConditionFault('the quote is not closed', at);
    return { kind: 'quoted', text: text.slice(at + 1, end), at, end: end + 1 };
  }
  const symbol = Symbols.find(one => text.startsWith(one, at));
  if (!symbol) throw new ConditionFault(`${text[at]} has no meaning here${Instead[text[at]] ?? ''}`, at);
  return { kind: 'symbol', text: symbol, at, end: at + symbol.length };
}
