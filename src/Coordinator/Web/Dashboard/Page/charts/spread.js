// @ts-check
// How values are spread: the share of trials that are at most as good, of those selected and of all.

import { draw } from '../dom.js';
import { counted, share } from '../format.js';
import { card } from './card.js';
import { pick } from './controls.js';
import { frame, path, text } from './frame.js';
import { histogram } from './grid.js';
import { linear } from './scale.js';

/** @typedef {import('../trials/view.js').View} View */

const Bins = 256;

/** The empirical distribution of a metric. @param {View} view */
export function spread(view) {
  const { selection, names, trials } = view;
  const metric = pick(view, 'spread', 'Metric of the distribution', () => view.metrics.map(({ name }) => ({ name, label: names.label(name) })));
  const column = () => trials.column(metric.value()) ?? view.metric;
  const lineOf = (/** @type {(row: number) => boolean} */ isMeant) => {
    const { counts, many } = histogram(view.places(column()), isMeant, Bins);
    let sum = 0;
    return { many, shares: many === 0 ? [] : [0, ...[...counts].map(count => (sum += count) / many)] };
  };
  const chart = card(view, {
    key: 'distribution',
    title: 'How many are how good',
    height: 260,
    controls: [metric.element],
    paint: surface => {
      const scale = view.scale(column());
      const at = frame(surface, {
        across: scale,
        up: linear(0, 1, value => share(value, 0)),
        acrossName: names.axis(column().name),
        upName: 'share of trials',
      });
      const places = Array.from({ length: Bins + 1 }, (_, bin) => at.left + (bin / Bins) * at.width);
      const paint = (/** @type {ReturnType<typeof lineOf>} */ line, /** @type {string} */ kind) =>
        surface.add(draw('path', { class: kind, d: path(places, line.shares.map(at.y)) }));
      if (selection.isBrushed) {
        paint(
          lineOf(row => selection.isPool(row)),
          'line all',
        );
        surface.add(text('all', at.left + at.width, at.top - 8, 'end'), text('selected', at.left + at.width - 28, at.top - 8, 'end', 'name accent'));
      }
      paint(
        lineOf(row => selection.isShown(row)),
        'line',
      );
    },
    said: () => {
      const { shares, many } = lineOf(row => selection.isShown(row));
      if (many === 0) return 'No trial has such a value yet.';
      const scale = view.scale(column());
      const at = (/** @type {number} */ wanted) =>
        names.text(
          column(),
          scale.value(
            Math.max(
              0,
              shares.findIndex(one => one >= wanted),
            ) / Bins,
          ),
        );
      const [way, tenth] = names.isHighFirst(column().name) ? ['more', 0.9] : ['less', 0.1];
      return `Half of the ${counted(many, 'trial')} reach ${way} than ${at(0.5)}, a tenth ${way} than ${at(Number(tenth))}.`;
    },
    how: () => `The empirical distribution function of ${view.over}, in ${Bins} steps; trials without a value don't count.`,
    figures: () => {
      const scale = view.scale(column());
      return { head: [column().name, 'share of trials'], rows: lineOf(row => selection.isShown(row)).shares.map((one, bin) => [scale.value(bin / Bins), one]) };
    },
  });
  return chart;
}
