// @ts-check
// Which slot did what when: each attempt a bar.

import { draw } from '../dom.js';
import { counted, duration, share } from '../format.js';
import { colour } from '../theme.js';
import { card } from './card.js';
import { fitted, frame } from './frame.js';
import { linear } from './scale.js';

/** @typedef {import('../trials/view.js').View} View */
/**
 * @typedef {{ slots: { node: string, slot: number }[], spans: { slot: number, trial: number, attempt: number, from: number, to: number | null, end: string |
 *   null }[] }} Timeline seconds after the sweep's start
 */

const [Above, Below] = [24, 40];
// Few slots fill the card, many are thin.
const [Thin, Thick, Room] = [18, 44, 220];
const MostLanes = 64;

/** @type {Record<string, string>} */
const Colours = { completed: 'c2', pruned: 'c1', failed: 'c3', diverged: 'c3', lost: 'danger', hung: 'danger', running: 'accent' };

/** @param {View} view @param {() => Timeline | null} known null until it has come */
export function timeline(view, known) {
  const { selection, trials } = view;
  const slots = () => (known()?.slots ?? []).slice(0, MostLanes);
  /** @type {import('./frame.js').Frame | null} */
  let place = null;
  let unit = 1;
  const mark = draw('g', {});
  const lane = () => Math.min(Thick, Math.max(Thin, Math.floor(Room / Math.max(1, slots().length))));
  // What runs now goes on to the latest of all ends.
  const last = () => (known()?.spans ?? []).reduce((most, span) => Math.max(most, span.to ?? span.from), 1);

  const chart = card(view, {
    key: 'timeline',
    title: 'Who did what when',
    isWide: true,
    room: 240,
    height: () => Math.max(120, slots().length * lane() + Above + Below),
    paint: surface => {
      const end = last();
      const left = Math.min(0.3 * surface.width, 16 + Math.max(40, ...slots().map(slot => surface.widthOf(nameOf(slot)))));
      let word = 'seconds';
      [unit, word] = end > 3 * 3600 ? [3600, 'hours'] : end > 300 ? [60, 'minutes'] : [1, 'seconds'];
      const none = { ...linear(0, 1), ticks: () => [] };
      place = frame(surface, {
        across: linear(0, end / unit),
        up: none,
        acrossName: `${word} since the sweep began`,
        upName: 'slot',
        left,
        top: Above,
        bottom: Below,
      });
      slots().forEach((slot, at) => surface.add(fitted(surface, nameOf(slot), left - 10, left - 8, Above + (at + 0.5) * lane() + 4, 'end')));
      paintSpans(surface.pen, place);
      surface.add(mark);
    },
    point: row => {
      const at = place;
      const number = row < 0 ? -1 : trials.numberOf(row);
      mark.replaceChildren(
        ...(!at || row < 0
          ? []
          : (known()?.spans ?? [])
              .filter(span => span.trial === number && span.slot < MostLanes)
              .map(span =>
                draw('rect', {
                  class: 'spanmark',
                  x: at.x(span.from / unit),
                  width: Math.max(2, at.x((span.to ?? last()) / unit) - at.x(span.from / unit)),
                  y: Above + span.slot * lane() + 1,
                  height: lane() - 3,
                  rx: 2,
                }),
              )),
      );
    },
    said: () => {
      const spans = known()?.spans ?? [];
      if (spans.length === 0) return known() ? 'Nothing has run yet.' : 'On its way …';
      const busy = spans.reduce((sum, span) => sum + (span.to ?? last()) - span.from, 0) / (last() * Math.max(1, known()?.slots.length ?? 1));
      const lost = spans.filter(span => span.end !== null && !['completed', 'pruned', 'diverged', 'stopped', 'cancelled'].includes(span.end)).length;
      const slotsWere = counted(known()?.slots.length ?? 0, 'slot was', 'slots were');
      const vain = lost > 0 ? `; ${counted(lost, 'attempt')} had to be made again or failed` : ', and no attempt was in vain';
      return `${slotsWere} busy for ${share(Math.min(1, busy), 0)} of the time${vain}.`;
    },
    how: () => {
      const all = known()?.slots.length ?? 0;
      const cut = all > MostLanes ? `; the first ${MostLanes} of ${all} slots` : '';
      const colours = 'Green completed, orange pruned, red failed or lost, blue running; what isn’t selected is pale.';
      return `${counted(known()?.spans.length ?? 0, 'attempt')} over ${duration(last())}${cut}. ${colours}`;
    },
    figures: () => ({
      head: ['node', 'slot', 'trial', 'attempt', 'from (s)', 'to (s)', 'end'],
      rows: (known()?.spans ?? []).map(span => [
        known()?.slots[span.slot]?.node ?? '',
        known()?.slots[span.slot]?.slot ?? null,
        span.trial,
        span.attempt,
        span.from,
        span.to,
        span.end ?? 'running',
      ]),
    }),
  });

  /** @param {CanvasRenderingContext2D} pen @param {import('./frame.js').Frame} at */
  function paintSpans(pen, at) {
    const end = last();
    const high = lane();
    const ground = colour('ground');
    for (const span of known()?.spans ?? []) {
      if (span.slot >= MostLanes) continue;
      const [x, to] = [at.x(span.from / unit), at.x((span.to ?? end) / unit)];
      const row = trials.rowOf(span.trial);
      pen.globalAlpha = row >= 0 && selection.isShown(row) ? 0.9 : 0.2;
      pen.fillStyle = colour(Colours[span.end ?? 'running'] ?? 'soft');
      pen.fillRect(x, Above + span.slot * high + 1, Math.max(1, to - x), high - 3);
      pen.globalAlpha = 1;
      if (to - x > 4) {
        pen.fillStyle = ground;
        pen.fillRect(to - 1, Above + span.slot * high + 1, 1, high - 3);
      }
    }
  }

  const find = (/** @type {PointerEvent} */ event) => {
    const at = place;
    const { x, y } = chart.surface.where(event);
    const slot = Math.floor((y - Above) / lane());
    if (!at || slot < 0) return -1;
    const span = (known()?.spans ?? []).find(one => one.slot === slot && x >= at.x(one.from / unit) - 1 && x <= at.x((one.to ?? last()) / unit) + 1);
    return span ? trials.rowOf(span.trial) : -1;
  };
  chart.surface.svg.addEventListener('pointermove', event => selection.point(find(event)));
  chart.surface.svg.addEventListener('pointerleave', () => selection.point(-1));
  chart.surface.svg.addEventListener('click', () => {
    if (selection.hot >= 0) view.open(selection.hot);
  });
  return chart;
}

/** @param {{ node: string, slot: number }} slot */
const nameOf = slot => `${slot.node} ${slot.slot}`;
