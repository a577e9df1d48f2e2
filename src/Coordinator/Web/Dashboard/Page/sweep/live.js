// @ts-check
// A sweep's page as things happen: what has changed is taken in at once, and shown a few times a second.

import { call } from '../api.js';
import { follow } from '../events.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/names.js').Sweep} Sweep */

// How often all filters are worked out anew, and how often the sweep is asked what it says of itself.
const [Pace, DetailPace] = [250, 15_000];

/** @param {View} view @param {import('../trials/curves.js').Curves} curves @param {(sweep: Sweep) => void} changed @returns {() => void} ends it */
export function live(view, curves, changed) {
  const { sweep, trials, selection } = view;
  const life = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asked = performance.now();
  const renew = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      selection.renew();
    }, Pace);
  };
  const take = (/** @type {import('../trials/columns.js').Sheet} */ sheet) => {
    if (sheet.sweep !== trials.sweep) return;
    trials.take(sheet);
    renew();
  };
  const detail = async () => {
    asked = performance.now();
    Object.assign(sweep, await call('dashboard/sweep', { sweep: trials.sweep }, { signal: life.signal }));
    changed(sweep);
  };
  const stop = follow(trials.sweep, {
    status: (/** @type {{ sweeps: import('../trials/names.js').Entry[] }} */ { sweeps }) => {
      const entry = sweeps.find(one => one.name === trials.sweep);
      if (!entry) return;
      const isOther = entry.state !== sweep.state;
      Object.assign(sweep, entry);
      changed(sweep);
      if (isOther || performance.now() - asked > DetailPace) detail();
    },
    trials: take,
    epoch: (/** @type {{ sweep: string, trial: number, attempt: number, epoch: number, values: Record<string, number | null> }} */ heard) => {
      if (heard.sweep !== trials.sweep) return;
      curves.hear(heard);
      renew();
    },
    reset: async () => {
      curves.reset();
      take(await call('dashboard/trials', { sweep: trials.sweep }, { signal: life.signal }));
      await detail();
    },
  });
  return () => {
    stop();
    life.abort();
    clearTimeout(timer);
  };
}
