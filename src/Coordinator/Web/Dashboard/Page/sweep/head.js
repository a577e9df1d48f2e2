// @ts-check
// How a sweep stands, and what can be done with it.

import { fill, make } from '../dom.js';
import { ago, count, counted, duration, figure, moment, roughly, stateOf } from '../format.js';
import { href } from '../route.js';

/** @typedef {import('../trials/names.js').Sweep} Sweep */

/** @param {Sweep} sweep @param {(sweep: Sweep) => HTMLElement} actions */
export function sweepHead(sweep, actions) {
  const element = make('header', { class: 'sweephead' });
  let acted = '';
  let bar = actions(sweep);
  /** @param {Sweep} now */
  const show = now => {
    // Buttons stay while they mean the same: whoever is about to press one must find it.
    const key = `${now.state} ${now.can}`;
    if (key !== acted) bar = actions(now);
    acted = key;
    const state = stateOf(now.state);
    const left = now.seconds_left !== null ? `${roughly(now.seconds_left)} left` : '';
    const part = (/** @type {number} */ many, /** @type {string} */ kind) =>
      many > 0 ? make('i', { class: kind, style: { width: `${(100 * many) / Math.max(1, now.total)}%` } }) : null;
    const lost = now.failed + (now.diverged ?? 0);
    fill(
      element,
      make(
        'div',
        { class: 'row' },
        make('h1', null, now.name),
        make('span', { class: `nowrap ${state.tone}` }, `${state.sign} ${state.word}`),
        now.reason ? make('span', { class: 'soft' }, now.reason) : null,
        make('span', { class: 'grow' }),
        bar,
      ),
      make(
        'div',
        { class: 'standing' },
        make(
          'div',
          { class: 'bar', role: 'img', 'aria-label': `${now.finished} of ${now.total} trials have ended` },
          part(now.finished - now.pruned - lost, 'good'),
          part(now.pruned, 'early'),
          part(lost, 'bad'),
          part(now.running, ''),
        ),
        make('span', null, make('b', null, `${count(now.finished)} of ${count(now.total)}`), ' trials'),
        now.running > 0 ? make('span', { class: 'live' }, `● ${now.running} running`) : null,
        now.pruned > 0 ? make('span', { class: 'soft' }, `✂ ${count(now.pruned)} pruned`) : null,
        lost > 0 ? make('span', { class: 'bad' }, `✗ ${count(lost)} failed or diverged`) : null,
        left ? make('span', null, left) : null,
        now.best
          ? make(
              'span',
              null,
              'best ',
              make('b', null, figure(now.best.value)),
              ' (',
              make('a', { href: href({ page: 'trial', sweep: now.name, trial: now.best.trial }) }, `trial ${now.best.trial}`),
              ')',
            )
          : null,
        when(now),
        now.nodes > 0 && now.running > 0 ? make('span', { class: 'soft' }, `${counted(now.nodes, 'node')}, ${counted(now.slots, 'slot')}`) : null,
      ),
      now.first_place ? make('p', { class: 'soft' }, now.first_place) : null,
      now.fault ? make('p', { class: 'fault' }, now.fault) : null,
    );
  };
  show(sweep);
  return { element, show };
}

/** @param {Sweep} sweep */
function when(sweep) {
  if (!sweep.started_at) return null;
  const took = sweep.ended_at ? ` took ${duration((new Date(sweep.ended_at).getTime() - new Date(sweep.started_at).getTime()) / 1000)}` : '';
  return make(
    'span',
    { class: 'soft', title: `${moment(sweep.started_at)}${sweep.ended_at ? ` to ${moment(sweep.ended_at)}` : ''}` },
    sweep.ended_at ? `ended ${ago(sweep.ended_at)},${took}` : `since ${ago(sweep.started_at).replace(' ago', '')}`,
  );
}
