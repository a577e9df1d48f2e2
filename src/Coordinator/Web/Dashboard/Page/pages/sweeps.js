// @ts-check
// All sweeps of the store: how they stand, and the best of each.

import { call } from '../api.js';
import { emptyState } from '../dialog.js';
import { fill, make } from '../dom.js';
import { follow } from '../events.js';
import { ago, figure, moment, roughly, stateOf, words } from '../format.js';
import { spark } from '../plot.js';
import { href } from '../route.js';
import { progress, actionBar, trialLink } from './actions.js';

/**
 * @typedef {{
 *   name: string, state: string, total: number, finished: number, running: number, failed: number, pruned: number,
 *   metric: { name: string, goal: string }, best: { trial: number, value: number } | null,
 *   started_at: string, ended_at: string | null, seconds_left: number | null, nodes: number, slots: number, spark: number[], can: string[]
 * }} Sweep
 */

/** @param {HTMLElement} container */
export async function show(container) {
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  // What was told while a list was on its way is newer than the list.
  /** @type {Map<string, Sweep>} */
  const told = new Map();
  const list = make('ul', { class: 'sweep-list' });
  /** @param {Sweep} sweep */
  const put = sweep => {
    const row = rowOf(sweep, reload);
    const before = rows.get(sweep.name);
    // An open menu stays, until it is closed: what it offers is checked again when it is asked for.
    const open = before?.querySelector('.menu > div:not([hidden])')?.closest('.actions');
    if (open) row.querySelector('.actions')?.replaceWith(open);
    if (before) before.replaceWith(row);
    else list.prepend(row);
    rows.set(sweep.name, row);
  };
  async function reload() {
    told.clear();
    /** @type {{ read_only: boolean, sweeps: Sweep[] }} */
    const answer = await call('dashboard/sweeps');
    const sweeps = answer.sweeps.map(sweep => told.get(sweep.name) ?? sweep);
    rows.clear();
    fill(list);
    [...sweeps].sort(order).reverse().forEach(put);
    fill(container, sweeps.length ? [heading(sweeps, answer.read_only), list] : nothing(answer.read_only));
  }
  await reload();
  return follow(null, {
    status: (/** @type {{ sweeps: Sweep[] }} */ { sweeps }) => {
      sweeps.forEach(sweep => told.set(sweep.name, sweep));
      if (sweeps.every(sweep => rows.has(sweep.name))) sweeps.forEach(put);
      else reload();
    },
    reset: reload,
  });
}

// Those in work first, then the newest.
const InWork = ['running', 'ending', 'paused'];

/** @param {Sweep} one @param {Sweep} other */
const order = (one, other) => place(one) - place(other) || (one.started_at < other.started_at ? 1 : -1);

/** @param {Sweep} sweep */
const place = ({ state }) => (InWork.includes(state) ? InWork.indexOf(state) : InWork.length);

/** @param {Sweep[]} sweeps @param {boolean} isReadOnly */
function heading(sweeps, isReadOnly) {
  const running = sweeps.filter(sweep => sweep.state === 'running').length;
  return make(
    'header',
    { class: 'row' },
    make('h1', null, 'Sweeps'),
    make(
      'p',
      { class: 'soft grow' },
      [`${sweeps.length} in this store`, running ? `${running} running` : 'none running', isReadOnly ? 'a store at rest: to be looked at only' : '']
        .filter(Boolean)
        .join(' · '),
    ),
    isReadOnly ? null : make('a', { class: 'button', href: href({ page: 'new' }) }, 'New sweep'),
  );
}

/** @param {boolean} isReadOnly */
const nothing = isReadOnly =>
  emptyState('No sweep yet', isReadOnly ? 'This store is empty. Run a sweep into it:' : 'Run one from a terminal, or write one here.', {
    line: './fsweep run sweeps/quickstart.yaml',
    more: isReadOnly ? null : make('a', { class: 'button', href: href({ page: 'new' }) }, 'New sweep'),
  });

/** @param {Sweep} sweep @param {() => void} reload */
function rowOf(sweep, reload) {
  const { sign, tone, word } = stateOf(sweep.state);
  return make(
    'li',
    { class: 'panel', data: { sweep: sweep.name } },
    make(
      'div',
      { class: 'name' },
      make('h2', null, make('a', { href: href({ page: 'sweep', sweep: sweep.name }) }, sweep.name)),
      make('p', { class: 'small' }, make('span', { class: tone }, `${sign} ${word}`), make('span', { class: 'soft' }, when(sweep))),
    ),
    progress(sweep),
    make(
      'div',
      { class: 'best' },
      sweep.best
        ? [
            make('b', null, figure(sweep.best.value)),
            make('p', { class: 'small soft' }, `best ${words(sweep.metric.name)}, `, trialLink(sweep.name, sweep.best.trial)),
          ]
        : make('p', { class: 'small soft' }, 'no result yet'),
    ),
    spark(sweep.spark, `The best ${words(sweep.metric.name)} so far, from the first trial to the last`),
    actionBar(sweep, reload),
  );
}

/** @param {Sweep} sweep */
function when(sweep) {
  const left = sweep.seconds_left === null ? null : ` · ${roughly(sweep.seconds_left)} left`;
  const nodes = InWork.includes(sweep.state) && sweep.nodes ? ` · ${sweep.slots} slots on ${sweep.nodes === 1 ? 'one node' : `${sweep.nodes} nodes`}` : null;
  const at = sweep.ended_at ?? sweep.started_at;
  return [left, nodes, ' · ', make('time', { datetime: at, title: moment(at) }, `${sweep.ended_at ? 'ended' : 'started'} ${ago(at)}`)];
}
