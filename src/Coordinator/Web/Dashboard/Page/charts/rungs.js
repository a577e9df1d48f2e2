// @ts-check
// How far trials came: at which epoch they ended, and how.

import { draw } from '../dom.js';
import { counted, share, stateOf } from '../format.js';
import { card } from './card.js';
import { frame, path, text } from './frame.js';
import { linear, steps } from './scale.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {{ epoch: number, counts: Map<string, number>, reached: number }} Rung */

const Ends = ['completed', 'pruned', 'diverged', 'failed', 'running', 'other'];
const MostBars = 40;

/** @param {View} view */
export function rungs(view) {
  const { selection } = view;
  /** @type {Rung[]} */
  let known = [];
  const chart = card(view, {
    key: 'rungs',
    title: 'How far they came',
    height: 260,
    paint: surface => {
      known = rungsOf(view);
      const most = Math.max(1, ...known.map(rung => rung.reached));
      const at = frame(surface, {
        across: steps(
          known.map(rung => rung.epoch),
          String,
        ),
        up: linear(0, most),
        acrossName: 'last epoch',
        upName: 'trials',
      });
      const wide = Math.max(2, Math.min(36, (0.66 * at.width) / Math.max(1, known.length)));
      for (const rung of known) {
        let sum = 0;
        for (const state of Ends) {
          const many = rung.counts.get(state) ?? 0;
          if (many > 0)
            surface.add(
              draw(
                'rect',
                {
                  class: `end ${state}`,
                  x: at.x(rung.epoch) - wide / 2,
                  width: wide,
                  y: at.y(sum + many),
                  height: Math.max(0.5, at.y(sum) - at.y(sum + many)),
                },
                draw('title', null, `${counted(many, 'trial')} ${state} at epoch ${rung.epoch}`),
              ),
            );
          sum += many;
        }
      }
      surface.add(
        draw('path', {
          class: 'line soft',
          d: path(
            known.map(rung => at.x(rung.epoch)),
            known.map(rung => at.y(rung.reached)),
          ),
        }),
      );
      let x = at.left + at.width;
      for (const state of Ends.filter(one => known.some(rung => rung.counts.has(one))).reverse()) {
        const words = `${stateOf(state).sign} ${state}`;
        const wide = surface.widthOf(words);
        surface.add(text(words, x, 12, 'end'), draw('rect', { class: `end ${state}`, x: x - wide - 13, y: 3, width: 9, height: 9, rx: 2 }));
        x -= wide + 26;
      }
    },
    said: () => {
      const all = known.reduce((sum, rung) => sum + total(rung), 0);
      const pruned = known.reduce((sum, rung) => sum + (rung.counts.get('pruned') ?? 0), 0);
      const spent = known.reduce((sum, rung) => sum + rung.epoch * total(rung), 0);
      const last = view.sweep.epochs ?? known[known.length - 1]?.epoch ?? 0;
      if (all === 0) return 'No trial has trained an epoch yet.';
      return pruned === 0
        ? `None of ${counted(all, 'trial')} was pruned.`
        : `${counted(pruned, 'trial was', 'trials were')} pruned, ${share(pruned / all, 0)} of them; ` +
            `all trained ${share(spent / (all * last), 0)} of the epochs that they would have without.`;
    },
    how: () =>
      `${view.over[0].toUpperCase()}${view.over.slice(1)} by their last epoch and how they ended; the dashed line is how many came so far. ` +
      (view.sweep.pruner
        ? `Pruner: ${view.sweep.pruner}${view.sweep.rungs?.length ? `, rungs at ${view.sweep.rungs.join(', ')}` : ''}.`
        : 'This sweep has no pruner.'),
    figures: () => ({
      head: ['last epoch', 'came so far', ...Ends],
      rows: known.map(rung => [rung.epoch, rung.reached, ...Ends.map(state => rung.counts.get(state) ?? 0)]),
    }),
  });
  chart.surface.svg.addEventListener('pointerleave', () => selection.point(-1));
  return chart;
}

/** @param {Rung} rung */
const total = rung => [...rung.counts.values()].reduce((sum, count) => sum + count, 0);

/** @param {View} view @returns {Rung[]} by epoch */
function rungsOf({ trials, selection }) {
  const [epochs, state] = [trials.own('epochs_run').values, trials.own('state')];
  let most = 0;
  for (let row = 0; row < trials.size; row++) if (epochs[row] > most && selection.isShown(row)) most = epochs[row];
  const each = Math.ceil(most / MostBars) || 1;
  /** @type {Rung[]} */
  const rungs = Array.from({ length: Math.ceil(most / each) }, (_, at) => ({ epoch: Math.min(most, (at + 1) * each), counts: new Map(), reached: 0 }));
  for (let row = 0; row < trials.size; row++) {
    const rung = rungs[Math.ceil(epochs[row] / each) - 1];
    if (!rung || !selection.isShown(row)) continue;
    const word = state.words[state.values[row]];
    const end = Ends.includes(word) ? word : 'other';
    rung.counts.set(end, (rung.counts.get(end) ?? 0) + 1);
  }
  let left = rungs.reduce((sum, rung) => sum + total(rung), 0);
  for (const rung of rungs) {
    rung.reached = left;
    left -= total(rung);
  }
  return rungs;
}
