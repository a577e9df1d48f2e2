// @ts-check
// A new sweep: its file, with its faults at their lines, and the plan beside it.

import { call } from '../api.js';
import { command, tell } from '../dialog.js';
import { fill, make } from '../dom.js';
import { counted } from '../format.js';
import { go } from '../route.js';
import { editor } from './new/editor.js';
import { planPanel } from './new/plan.js';

/** @typedef {{ faults: import('./new/editor.js').Fault[], plan: import('./new/plan.js').Plan | null }} Answer */

const Key = 'fashionsweep.draft';
const File = 'dashboard.yaml';
// In milliseconds: as long as a pause between two words.
const Pause = 350;
const First = `name: my-sweep
method: random
run_cap: 20
seed: 7
metric: {name: validation_accuracy, goal: maximize}
parameters:
  model: mlp
  depth: [1, 2]
  width: [64, 128, 256]
  learning_rate: {distribution: log_uniform_values, min: 1.0e-4, max: 1.0e-2}
  dropout: {min: 0.0, max: 0.5}
  epochs: 5
`;

/** @param {HTMLElement} container @param {import('../route.js').Route} at */
export async function show(container, at) {
  const { can } = await call('dashboard/sweeps');
  const canLaunch = can.includes('submit');
  const source = at.from ? (await call('dashboard/sweep', { sweep: at.from })).source : (sessionStorage.getItem(Key) ?? First);
  const faults = make('div', { class: 'faults', role: 'status' });
  const plan = make('section', { class: 'panel plan', 'aria-live': 'polite' });
  const launch = make('button', { type: 'button', class: 'first', disabled: true, onclick: start }, 'Launch');
  const file = editor(source, changed);
  let checking = new AbortController();
  let timer = 0;

  fill(
    container,
    make('header', { class: 'row' }, make('h1', { class: 'grow' }, 'New sweep'), canLaunch ? launch : null),
    canLaunch
      ? null
      : make(
          'div',
          { class: 'panel' },
          make('p', null, 'Sweeps can’t be launched from here: this page shows one run, or a store at rest. Write the file, keep it, and run it:'),
          command('./fsweep run FILE'),
        ),
    make('div', { class: 'columns' }, make('section', { class: 'panel' }, make('header', null, make('h2', null, 'Sweep file')), file.element, faults), plan),
  );
  await check();
  return () => {
    clearTimeout(timer);
    checking.abort();
  };

  function changed() {
    sessionStorage.setItem(Key, file.text());
    launch.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(check, Pause);
  }

  async function check() {
    checking.abort();
    checking = new AbortController();
    const { signal } = checking;
    try {
      /** @type {Answer} */
      const answer = await call('dashboard/plan', {}, { method: 'POST', body: { file: File, source: file.text() }, signal });
      file.mark(answer.faults);
      fill(faults, answer.faults.length ? faultList(answer.faults) : null);
      fill(
        plan,
        answer.plan
          ? planPanel(answer.plan)
          : [make('header', null, make('h2', null, 'Plan')), make('p', { class: 'soft' }, 'It stands here as soon as the file has no fault.')],
      );
      launch.disabled = !answer.plan;
    } catch (fault) {
      if (!signal.aborted) fill(faults, make('p', { class: 'fault' }, fault instanceof Error ? fault.message : String(fault)));
    }
  }

  /** @param {import('./new/editor.js').Fault[]} found */
  function faultList(found) {
    return [
      make('p', { class: 'fault' }, `✗ ${counted(found.length, 'fault')}`),
      make(
        'ol',
        null,
        found.map(fault =>
          make(
            'li',
            null,
            make('button', { type: 'button', class: 'quiet mono', onclick: () => file.goTo(fault) }, fault.line ? `${fault.line}:${fault.column}` : 'file'),
            ' ',
            fault.text,
          ),
        ),
      ),
    ];
  }

  async function start() {
    launch.disabled = true;
    try {
      const answer = await call('sweeps', {}, { method: 'POST', body: { file: File, source: file.text() } });
      sessionStorage.removeItem(Key);
      tell(answer.message);
      go({ page: 'sweep', sweep: answer.sweep });
    } catch (fault) {
      launch.disabled = false;
      tell(fault instanceof Error ? fault.message : String(fault), { isFault: true });
    }
  }
}
