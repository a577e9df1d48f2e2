// @ts-check
// The nodes: what they are, what they run, how they are.

import { call } from '../api.js';
import { emptyState } from '../dialog.js';
import { fill, make } from '../dom.js';
import { follow } from '../events.js';
import { ago, count, counted, figure, moment, roughly } from '../format.js';
import { drain, trialLink } from './actions.js';

/**
 * @typedef {{
 *   node: string, activity: string, slots: number, running: string[], kernels: string, processor: string, host: string | null, version: string | null,
 *   since: string, reason: string | null
 * }} Node
 * @typedef {Record<string, { trials: number, seconds: number }>} Paces by node: how many trials have ended in so long
 */

/** @type {Record<string, { sign: string, tone: string, word: string }>} */
const Health = {
  working: { sign: '●', tone: 'good', word: 'working' },
  draining: { sign: '◐', tone: 'soft', word: 'draining' },
  aside: { sign: '✗', tone: 'bad', word: 'put aside' },
};

/** @param {HTMLElement} container */
export async function show(container) {
  const { can, read_only: isReadOnly } = await call('dashboard/sweeps');
  /** @type {Node[]} */
  let nodes = [];
  /** @type {Paces} */
  let paces = {};
  const put = () =>
    fill(
      container,
      nodes.length
        ? [
            heading(nodes),
            make(
              'ul',
              { class: 'node-list' },
              nodes.map(node => card(node, paces[node.node] ?? null, can.includes('drain'), reload)),
            ),
          ]
        : nothing(isReadOnly),
    );
  const reload = async () => {
    const before = nodes;
    const answer = await call('status');
    // What was told while it was on its way is newer.
    if (nodes === before) ({ nodes } = answer);
    put();
  };
  await reload();
  return follow(null, {
    status: heard => {
      nodes = heard.nodes ?? nodes;
      paces = heard.paces;
      put();
    },
    reset: reload,
  });
}

/** @param {Node[]} nodes */
function heading(nodes) {
  const [slots, taken] = [nodes.reduce((sum, node) => sum + node.slots, 0), nodes.reduce((sum, node) => sum + node.running.length, 0)];
  return make(
    'header',
    { class: 'row' },
    make('h1', null, 'Nodes'),
    make('p', { class: 'soft' }, `${counted(nodes.length, 'node')} · ${taken} of ${counted(slots, 'slot')} in work`),
  );
}

/** @param {boolean} isReadOnly */
const nothing = isReadOnly =>
  isReadOnly
    ? emptyState('Nothing runs here', 'No coordinator works on this store, so it has no nodes. Go on with a sweep of it, or start another:', {
        line: './fsweep run sweeps/quickstart.yaml --dashboard',
      })
    : emptyState('No node is connected', 'Start one on any machine that reaches this coordinator:', { line: './fsweep node --join ADDRESS:PORT' });

/** @param {Node} node @param {Paces[string] | null} pace @param {boolean} canDrain @param {() => void} reload */
function card(node, pace, canDrain, reload) {
  const { sign, tone, word } = Health[node.activity] ?? { sign: '·', tone: 'soft', word: node.activity };
  return make(
    'li',
    { class: 'panel', data: { node: node.node } },
    make('header', null, make('h2', null, node.node), make('span', { class: `small ${tone}` }, `${sign} ${word}`)),
    node.activity === 'draining' ? make('p', { class: 'soft' }, 'It leaves when its trials have ended.') : null,
    node.reason ? make('p', { class: 'bad' }, `It gets no more trials: ${node.reason}`) : null,
    make(
      'ol',
      { class: 'slots', 'aria-label': 'Slots' },
      Array.from({ length: Math.max(node.slots, node.running.length) }, (_, slot) => slotOf(node.running[slot])),
    ),
    make(
      'dl',
      { class: 'facts' },
      fact('since', make('time', { datetime: node.since, title: moment(node.since) }, ago(node.since))),
      fact('throughput', pace && throughput(pace)),
      fact('processor', node.processor),
      fact('kernels', node.kernels),
      fact('host', node.host),
      fact('version', node.version),
    ),
    !canDrain || node.activity === 'draining'
      ? null
      : make('p', { class: 'row end' }, make('button', { type: 'button', onclick: () => drain(node, reload) }, 'Drain…')),
  );
}

/** @param {string | undefined} trial */
function slotOf(trial) {
  if (!trial) return make('li', { class: 'soft' }, 'free');
  const cut = trial.lastIndexOf('/');
  return make(
    'li',
    null,
    make('span', { class: 'live', 'aria-hidden': 'true' }, '● '),
    make('span', { class: 'soft' }, `${trial.slice(0, cut)} `),
    trialLink(trial.slice(0, cut), trial.slice(cut + 1)),
  );
}

/** @param {Paces[string]} pace */
function throughput({ trials, seconds }) {
  const hourly = (3600 * trials) / Math.max(1, seconds);
  return `${counted(trials, 'trial')} in the last ${roughly(seconds)}, ${hourly < 10 ? figure(hourly, 1) : count(hourly)} an hour`;
}

/** @param {string} name @param {string | globalThis.Node | null} value */
const fact = (name, value) => (value === null || value === '' ? [] : [make('dt', null, name), make('dd', null, value)]);
