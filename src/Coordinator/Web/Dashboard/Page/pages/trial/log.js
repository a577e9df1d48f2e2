// @ts-check
// What happened to a trial, line by line, as its store keeps it.

import { make } from '../../dom.js';
import { count, duration, figure, moment } from '../../format.js';

/** @typedef {import('./attempts.js').Attempt & { epochs: import('./learned.js').Epoch[] }} Attempt */

// The latest of them.
const Most = 500;

/** @param {{ sweep: string, number: string }} trial @param {Attempt[]} attempts */
export function logLines(trial, attempts) {
  const lines = attempts.flatMap(linesOf);
  const left = lines.length - Most;
  const last = attempts[attempts.length - 1];
  return [
    make(
      'pre',
      { class: 'log', tabindex: 0, role: 'region', 'aria-label': 'Log of the trial' },
      left > 0 ? `… ${count(left)} lines before these\n` : '',
      lines.slice(-Most).join('\n'),
    ),
    make(
      'p',
      { class: 'small soft' },
      'Starts, epochs and ends are kept in the store. What else a node has to say, as where an error arose, is in its own log',
      last ? [', at lease ', make('code', null, `${trial.sweep}/${trial.number}#${last.attempt}@${last.node}`)] : '',
      '.',
    ),
  ];
}

/** @param {Attempt} attempt */
function linesOf({ attempt, node, started_at: started, ended_at: ended, end, reason, epochs }) {
  const at = (/** @type {string} */ time, /** @type {string} */ what) => `${moment(time)}  ${what}`;
  const indent = ' '.repeat(moment(started).length);
  return [
    at(started, `attempt ${attempt} starts on ${node}`),
    ...epochs.map(
      ({ epoch, train_loss: loss, train_accuracy: accuracy, validation_loss: otherLoss, validation_accuracy: otherAccuracy, seconds }) =>
        `${indent}  epoch ${epoch}: training loss ${figure(loss)}, accuracy ${figure(accuracy)}; ` +
        `validation loss ${figure(otherLoss)}, accuracy ${figure(otherAccuracy)}; ${duration(seconds)}`,
    ),
    ...(ended ? [at(ended, `attempt ${attempt} ends: ${end}${reason ? `, ${reason}` : ''}`)] : []),
  ];
}
