// @ts-check
// The attempts at a trial, one below the other, along the time from the first to the last.

import { make } from '../../dom.js';
import { counted, duration, moment, stateOf } from '../../format.js';

/** @typedef {{ attempt: number, node: string, started_at: string, ended_at: string | null, end: string | null, reason: string | null }} Attempt */

/** @param {(Attempt & { epochs: number })[]} attempts @param {number} [now] in milliseconds */
export function attemptLines(attempts, now = Date.now()) {
  const time = (/** @type {string | null} */ at) => (at ? Date.parse(at) : now);
  const first = Math.min(...attempts.map(attempt => time(attempt.started_at)));
  const whole = Math.max(1, ...attempts.map(attempt => time(attempt.ended_at) - first));
  const percent = (/** @type {number} */ part) => `${Math.max(0.5, (100 * part) / whole)}%`;
  return make(
    'ol',
    { class: 'attempts' },
    attempts.map(attempt => {
      const { sign, tone, word } = stateOf(attempt.end ?? 'running');
      const span = time(attempt.ended_at) - time(attempt.started_at);
      return make(
        'li',
        null,
        make(
          'p',
          null,
          make('b', null, `attempt ${attempt.attempt}`),
          ' on ',
          attempt.node,
          ' ',
          make('span', { class: tone }, `${sign} ${word}`),
          make(
            'span',
            { class: 'soft' },
            ` · ${counted(attempt.epochs, 'epoch')} · ${duration(span / 1000)} · `,
            make('time', { datetime: attempt.started_at }, moment(attempt.started_at)),
          ),
        ),
        make(
          'div',
          { class: 'track', 'aria-hidden': 'true' },
          make('i', { class: tone, style: { 'margin-left': `${(100 * (time(attempt.started_at) - first)) / whole}%`, width: percent(span) } }),
        ),
        attempt.reason ? make('p', { class: 'small bad' }, attempt.reason) : null,
      );
    }),
  );
}
