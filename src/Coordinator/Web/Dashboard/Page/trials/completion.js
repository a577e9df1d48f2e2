// @ts-check
// What may stand where the caret is in a condition.

import { cut } from './tokens.js';

/** @typedef {import('./vocabulary.js').Known} Known */
/** @typedef {{ from: number, words: { text: string, meaning: string }[] }} Completion `from`: where what is written of the word begins */

const Most = 8;

/**
 * @param {string} text
 * @param {number} caret
 * @param {Map<string, Known>} vocabulary
 * @param {(name: string) => string[]} valuesOf the words that a name is seen to have
 * @returns {Completion}
 */
export function complete(text, caret, vocabulary, valuesOf) {
  const written = /[A-Za-z_]\w*$/.exec(text.slice(0, caret))?.[0] ?? '';
  const from = caret - written.length;
  let before;
  try {
    before = cut(text.slice(0, from)).slice(0, -1);
  } catch {
    return { from, words: [] };
  }
  const last = before.at(-1);
  const compared = nameBefore(before);
  const isAfterTest = last && (last.kind !== 'symbol' ? !['and', 'or', 'not', 'in'].includes(last.text) : last.text === ')' || last.text === ']');
  const offered = isAfterTest
    ? vocabulary.has(last.text) && last.kind === 'word'
      ? signsOf(vocabulary.get(last.text))
      : ['and', 'or'].map(word => ({ text: word, meaning: '' }))
    : compared
      ? valuesOf(compared).map(word => ({ text: quoted(word), meaning: compared }))
      : [...vocabulary.values()].map(({ name, kind }) => ({ text: name, meaning: kind === 'any' ? '' : kind }));
  const begins = offered.filter(({ text: word }) => word.toLowerCase().startsWith(written.toLowerCase()) && word !== written);
  const within = offered.filter(
    ({ text: word }) => written.length > 1 && word.toLowerCase().includes(written.toLowerCase()) && !begins.some(one => one.text === word) && word !== written,
  );
  return { from, words: [...begins, ...within].slice(0, Most) };
}

// optimizer = |, optimizer in [adam, |
/** @param {import('./tokens.js').Token[]} tokens @returns {string | null} */
function nameBefore(tokens) {
  let at = tokens.length - 1;
  if (tokens[at]?.text === ',' || tokens[at]?.text === '[') {
    while (at >= 0 && tokens[at].text !== '[') at--;
    return tokens[at - 1]?.text === 'in' ? ((tokens[at - 2]?.text === 'not' ? tokens[at - 3] : tokens[at - 2])?.text ?? null) : null;
  }
  return tokens[at]?.kind === 'symbol' && ['=', '==', '!='].includes(tokens[at].text) && tokens[at - 1]?.kind === 'word' ? tokens[at - 1].text : null;
}

/** @param {Known | undefined} known */
const signsOf = known => (known?.kind === 'number' ? ['>', '<', '>=', '<=', '='] : ['=', '!=', 'in']).map(text => ({ text, meaning: '' }));

/** @param {string} word */
const quoted = word => (/^[A-Za-z_]\w*$/.test(word) ? word : `"${word}"`);
