// @ts-check
// What can be asked of a sweep and of a node. What can be taken back is done at once; what can't is asked first, with what would be lost.

import { call } from '../api.js';
import { ask, tell } from '../dialog.js';
import { make } from '../dom.js';
import { count, counted } from '../format.js';
import { menu } from '../menu.js';
import { href } from '../route.js';

/**
 * @typedef {{ name: string, total: number, finished: number, running: number, failed: number, can: string[] }} Acted
 * @typedef {{ request: string } & Record<string, unknown>} Request as the coordinator's API has it
 * @typedef {{ label: string, run: (sweep: Acted, done: () => void) => Promise<void> }} Action
 */

/** @type {Record<string, Action>} */
const Actions = {
  pause: { label: 'Pause', run: (sweep, done) => send(sweep, { request: 'pause' }, done, { label: 'Resume', run: () => attempt('resume', sweep, done) }) },
  resume: { label: 'Resume', run: (sweep, done) => send(sweep, { request: 'resume' }, done) },
  extend: { label: 'Extend…', run: extend },
  rerun_failed: { label: 'Rerun failed', run: (sweep, done) => send(sweep, { request: 'rerun_failed' }, done) },
  cancel: { label: 'Cancel…', run: cancel },
};

/**
 * Buttons for what a sweep can be asked now: pausing and going on at hand, the rest behind a menu.
 * @param {Acted} sweep
 * @param {() => void} [done] called after each that was done
 * @returns {HTMLElement}
 */
export function actionBar(sweep, done = () => {}) {
  const can = Object.keys(Actions).filter(name => sweep.can.includes(name) && (name !== 'rerun_failed' || sweep.failed > 0));
  const button = (/** @type {string} */ name, close = () => {}) =>
    make(
      'button',
      {
        type: 'button',
        onclick: () => {
          close();
          attempt(name, sweep, done);
        },
      },
      Actions[name].label,
    );
  const atHand = can.filter(name => ['pause', 'resume'].includes(name));
  const more = can.filter(name => !atHand.includes(name));
  return make(
    'div',
    { class: 'row actions' },
    atHand.map(name => button(name)),
    more.length ? menu('⋯', close => more.map(name => button(name, close)), { title: `More for ${sweep.name}` }) : null,
  );
}

/**
 * Has a node leave, after a question.
 * @param {{ node: string, running: string[] }} node
 * @param {() => void} done
 */
export async function drain(node, done) {
  const has = node.running.length
    ? `It finishes the ${counted(node.running.length, 'trial')} that it has, then leaves.`
    : 'It has no trial, and leaves at once.';
  const answer = await ask({
    title: `Drain ${node.node}?`,
    body: [make('p', null, `${has} Nothing is lost. To bring it back, start it again on its machine.`)],
    yes: 'Drain it',
    no: 'Keep it',
  });
  if (answer) await say(call(`nodes/${encodeURIComponent(node.node)}/drain`, {}, { method: 'POST' }), done);
}

/** @param {string} name @param {Acted} sweep @param {() => void} done */
const attempt = (name, sweep, done) => Actions[name].run(sweep, done);

/** @param {Acted} asked @param {() => void} done */
async function cancel(asked, done) {
  // As it stands now: the buttons may be older.
  /** @type {{ sweep: Acted }} */
  const { sweep } = await call('dashboard/sweep', { sweep: asked.name });
  const untried = sweep.total - sweep.finished - sweep.running;
  const lost = [
    sweep.running > 0 &&
      `${counted(sweep.running, 'running trial')} ${sweep.running === 1 ? 'is' : 'are'} stopped, ` +
        `and what ${sweep.running === 1 ? 'it has' : 'they have'} trained is lost`,
    untried > 0 && `${counted(untried, 'trial')} will not be tried`,
  ].filter(Boolean);
  const answer = await ask({
    title: `Cancel ${sweep.name} for good?`,
    body: [
      make(
        'ul',
        null,
        lost.map(text => make('li', null, `${text}.`)),
      ),
      make(
        'p',
        { class: 'soft' },
        `What is finished stays: ${counted(sweep.finished, 'trial')}. A cancelled sweep is not taken up again; pause it if you may want to.`,
      ),
    ],
    yes: 'Cancel the sweep',
    no: 'Keep it',
    isDestructive: true,
  });
  if (answer) await send(sweep, { request: 'cancel' }, done);
}

/** @param {Acted} sweep @param {() => void} done */
async function extend(sweep, done) {
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ hint) =>
    make('label', { class: 'stack' }, label, make('input', { name, type: 'number', min: 1, step: 1, placeholder: hint }));
  const answer = await ask({
    title: `Extend ${sweep.name}`,
    body: [
      make('p', { class: 'soft' }, `It has ${counted(sweep.total, 'trial')}.`),
      field('trials', 'More trials', 'none'),
      field('epochs', 'Try the best again with so many epochs, as new trials', 'not'),
      field('top', 'How many of the best', 'all that are finished'),
    ],
    yes: 'Extend it',
    check: data => {
      if (!data.get('trials') && !data.get('epochs')) return 'Say how many more trials, or how many epochs.';
      return data.get('top') && !data.get('epochs') ? 'How many of the best matters only with epochs: say how many.' : null;
    },
  });
  if (!answer) return;
  const stated = ['trials', 'epochs', 'top'].filter(name => answer.get(name)).map(name => [name, Number(answer.get(name))]);
  await send(sweep, { request: 'extend', ...Object.fromEntries(stated) }, done);
}

/** @param {Acted} sweep @param {Request} request @param {() => void} done @param {{ label: string, run: () => void }} [back] takes it back */
const send = (sweep, request, done, back) => say(call(`sweeps/${encodeURIComponent(sweep.name)}`, {}, { method: 'POST', body: request }), done, back);

/** @param {Promise<{ message: string }>} asked @param {() => void} done @param {{ label: string, run: () => void }} [back] */
async function say(asked, done, back) {
  try {
    tell((await asked).message, { action: back });
    done();
  } catch (fault) {
    tell(fault instanceof Error ? fault.message : String(fault), { isFault: true });
  }
}

/**
 * How far a sweep is, as a bar and in words.
 * @param {{ total: number, finished: number, running: number, failed: number, pruned: number }} sweep
 */
export function progress({ total, finished, running, failed, pruned }) {
  const part = (/** @type {number} */ number, /** @type {string} */ tone) =>
    make('i', { class: tone, style: { width: `${(100 * number) / Math.max(1, total)}%` } });
  const text = [
    `${count(finished)} of ${counted(total, 'trial')}`,
    running && `${count(running)} running`,
    failed && `${count(failed)} failed`,
    pruned && `${count(pruned)} pruned`,
  ];
  return make(
    'div',
    { class: 'progress' },
    make('div', { class: 'bar', 'aria-hidden': 'true' }, part(finished - failed, 'good'), part(failed, 'bad'), part(running, 'live')),
    make('p', { class: 'small soft' }, text.filter(Boolean).join(' · ')),
  );
}

/** @param {string} sweep @param {string | number} number @returns {HTMLAnchorElement} */
export const trialLink = (sweep, number) => make('a', { href: href({ page: 'trial', sweep, trial: number }) }, `trial ${number}`);
