// @ts-check
// A sweep's page as things happen: what has changed is taken in at once, and shown a few times a second.

import { call } from '../api.js';
import { follow } from '../events.js';
import { judge } from '../trials/columns.js';
import { sweepOf } from '../trials/names.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/names.js').Sweep} Sweep */

// How often all filters are worked out anew, where trials are few and where they are many, and how often the sweep is asked what it says of itself.
const [Pace, PaceOfMany, Many] = [250, 800, 10_000];
const DetailPace = 15_000;

/** @param {View} view @param {import('../trials/curves.js').Curves} curves @param {(sweep: Sweep) => void} changed @returns {() => void} ends it */
export function live(view, curves, changed) {
  const { sweep, trials, selection } = view;
  const life = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asked = performance.now();
  // What happened between the first answer and the first event was in neither.
  let isFirst = true;
  const renew = () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        selection.renew();
      },
      trials.size > Many ? PaceOfMany : Pace,
    );
  };
  // At most one question at a time: what was missed meanwhile is noticed by the next that is heard.
  let isAsking = false;
  const ask = async (/** @type {string} */ since) => {
    if (isAsking) return;
    isAsking = true;
    try {
      const sheet = await call('dashboard/trials', { sweep: trials.sweep, since }, { signal: life.signal });
      if (!sheet.whole && Array.isArray(sheet.columns.number) && sheet.columns.number.length === 0) return;
      trials.take(sheet);
      renew();
    } finally {
      isAsking = false;
    }
  };
  const take = (/** @type {import('../trials/columns.js').Sheet} */ sheet) => {
    const what = sheet.sweep === trials.sweep ? judge(trials.revision, sheet) : 'drop';
    if (what === 'since' || what === 'whole') ask(what === 'since' ? trials.revision : '');
    if (what !== 'take') return;
    trials.take(sheet);
    renew();
  };
  /** @type {import('../trials/names.js').Entry | null} */
  let told = null;
  const detail = async () => {
    asked = performance.now();
    const before = told;
    const answer = sweepOf(await call('dashboard/sweep', { sweep: trials.sweep }, { signal: life.signal }));
    // What was told while it was on its way is newer.
    Object.assign(sweep, answer, told === before ? null : told);
    changed(sweep);
  };
  const stop = follow(trials.sweep, {
    status: (/** @type {{ sweeps: import('../trials/names.js').Entry[] }} */ { sweeps }) => {
      if (isFirst) ask(trials.revision);
      isFirst = false;
      const entry = sweeps.find(one => one.name === trials.sweep);
      if (!entry) return;
      told = entry;
      const isOther = entry.state !== sweep.state;
      Object.assign(sweep, entry);
      changed(sweep);
      if (isOther || performance.now() - asked > DetailPace) detail();
    },
    trials: take,
    epoch: (/** @type {{ sweep: string, trial: number, attempt: number, epoch: number, values: Record<string, number | null> }} */ heard) => {
      if (heard.sweep === trials.sweep) curves.hear(heard);
    },
    reset: async () => {
      curves.reset();
      await ask('');
      await detail();
    },
  });
  return () => {
    stop();
    life.abort();
    clearTimeout(timer);
  };
}
