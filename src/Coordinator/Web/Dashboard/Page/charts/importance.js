// @ts-check
// Which parameters matter, by the methods that the coordinator has worked out.

import { draw } from '../dom.js';
import { plain, share } from '../format.js';
import { card } from './card.js';
import { pick } from './controls.js';
import { fitted, text } from './frame.js';

/** @typedef {import('../trials/view.js').View} View */
/**
 * @typedef {{ name: string, share: number, low: number | null, high: number | null, effects?: { value: unknown, mean: number }[] }} Share `effects`: by its
 *   values, the mean over all others
 */
/** @typedef {{ method: string, note: string, parameters: Share[], pairs?: { names: string[], share: number }[] }} Method */
/** @typedef {{ methods: Method[], why: string | null, completed?: number, tried?: number, explained?: number }} Importance */

const [Row, Most] = [24, 14];

/** @param {View} view @param {() => Importance | null} known null until it has come */
export function importance(view, known) {
  const { names } = view;
  // As it was last painted: what takes long to work out is asked for by who looks at it, and never by a list of what there is to choose.
  /** @type {Importance | null} */
  let painted = null;
  const methods = () => painted?.methods ?? [];
  const method = pick(view, 'importance', 'Method of the importance', () => methods().map(one => ({ name: one.method, label: one.method })));
  const shown = () => methods().find(one => one.method === method.value()) ?? methods()[0];
  const bars = () =>
    [
      ...(shown()?.parameters ?? []).map(({ name, ...rest }) => ({ label: names.label(name), isPair: false, ...rest })),
      ...(shown()?.pairs ?? []).map(pair => ({
        label: pair.names.map(name => names.label(name)).join(' × '),
        isPair: true,
        share: pair.share,
        low: null,
        high: null,
      })),
    ]
      .sort((one, other) => other.share - one.share)
      .slice(0, Most);

  const bestAt = (/** @type {ReturnType<typeof bars>[number]} */ bar) => {
    const effects = 'effects' in bar ? (bar.effects ?? []) : [];
    if (effects.length === 0) return '';
    const best = effects.reduce((one, other) => (other.mean > one.mean === names.isMaximized ? other : one));
    return `, best at ${plain(typeof best.value === 'number' ? Number(best.value.toPrecision(2)) : best.value)}`;
  };

  return card(view, {
    key: 'importance',
    title: 'What matters',
    controls: [method.element],
    room: 260,
    height: () => {
      painted = known();
      return Math.max(120, bars().length * Row + 28);
    },
    paint: surface => {
      method.renew();
      const all = bars();
      const most = Math.max(0.01, ...all.map(bar => bar.high ?? bar.share));
      const left = Math.min(0.45 * surface.width, 12 + Math.max(24, ...all.map(bar => surface.widthOf(bar.label))));
      const wide = surface.width - left - 56;
      all.forEach((bar, at) => {
        const y = at * Row + 6;
        const x = (/** @type {number} */ value) => left + (value / most) * wide;
        surface.add(
          fitted(surface, bar.label, left - 10, left - 8, y + 13, 'end', 'name'),
          draw('rect', { class: bar.isPair ? 'share pair' : 'share', x: left, y: y + 2, width: Math.max(1, x(bar.share) - left), height: Row - 10, rx: 2 }),
          text(share(bar.share), x(Math.max(bar.share, bar.high ?? 0)) + 8, y + 13, 'start'),
        );
        if (bar.low !== null && bar.high !== null) surface.add(draw('path', { class: 'whisker', d: `M${x(bar.low)} ${y + 9}H${x(bar.high)}` }));
      });
      if (all.length > 0) surface.add(text('share of what makes trials differ', left, all.length * Row + 20, 'start'));
    },
    said: () => {
      const [first, second] = bars();
      if (!first) return painted?.why ?? (painted ? 'There are too few completed trials to say.' : 'It is being worked out …');
      const next = second ? `, ${second.label} for ${share(second.share, 0)}` : '';
      return `${first.label} makes for ${share(first.share, 0)} of the differences${bestAt(first)}${next}.`;
    },
    how: () => {
      if (!painted || !shown()) return '';
      const explained = painted.explained ? ` It foretells ${share(painted.explained, 0)} of the differences.` : '';
      return `${shown().note.replace(/\.?$/, '.')}${explained} Over all completed trials, whatever is selected.`;
    },
    figures: () => ({ head: ['parameter', 'share', 'low', 'high'], rows: bars().map(bar => [bar.label, bar.share, bar.low, bar.high]) }),
  });
}
