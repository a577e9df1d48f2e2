// @ts-check
// Any two values against each other; a box that is dragged selects, as a brush on each of them.

import { draw } from '../dom.js';
import { counted } from '../format.js';
import { card } from './card.js';
import { pick } from './controls.js';
import { dotsOf, nearestDot, noDots, paintDots } from './dots.js';
import { frame } from './frame.js';
import { together } from './insight.js';
import { toneKey } from './tones.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {import('../trials/selection.js').Brush} Brush */
/** @typedef {import('./scale.js').Scale} Scale */

/** @param {View} view */
export function scatter(view) {
  const { trials, selection, names } = view;
  const all = () => [...view.parameters, ...view.metrics, ...['started_at', 'epochs_run'].map(name => trials.own(name))];
  const options = (/** @type {string} */ first) => () => {
    const known = all().map(column => column.name);
    const start = known.includes(first) ? first : known[0];
    return [start, ...known.filter(name => name !== start)].map(name => ({ name, label: names.label(name) }));
  };
  const across = pick(view, 'scatter.x', 'Across', options(view.parameters[0]?.name ?? 'started_at'), '→');
  const up = pick(view, 'scatter.y', 'Up', options(names.metric), '↑');
  const columns = () => [trials.own(across.value()), trials.own(up.value())];
  /** @type {import('./frame.js').Frame | null} */
  let place = null;
  /** @type {import('./dots.js').Dots} */
  let dots = noDots();
  const mark = draw('g', {});
  const box = draw('rect', { class: 'brush', rx: 3, visibility: 'hidden' });

  const chart = card(view, {
    key: 'scatter',
    title: 'One against another',
    height: 300,
    controls: [toneKey(), up.element, across.element],
    paint: surface => {
      const [x, y] = columns();
      place = frame(surface, { across: view.scale(x), up: view.scale(y), acrossName: names.axis(x.name), upName: names.axis(y.name) });
      dots = dotsOf(view, x, y, place, dots);
      paintDots(surface, view, dots, place);
      showBox(x, y, place);
      surface.add(box, mark);
    },
    point: row =>
      mark.replaceChildren(
        ...(row >= 0 && dots.xs[row] > 0 && dots.ys[row] > 0 ? [draw('circle', { class: 'spot', r: 5, cx: dots.xs[row], cy: dots.ys[row] })] : []),
      ),
    said: () => said(),
    how: () => `A dot a trial, ${view.over}. Drag a box to select, double-click to clear.`,
    figures: () => {
      const [x, y] = columns();
      return { head: ['trial', x.name, y.name], rows: selection.first(trials.order).map(row => [trials.numberOf(row), x.at(row), y.at(row)]) };
    },
  });

  /** @param {Column} x @param {Column} y @param {import('./frame.js').Frame} at */
  function showBox(x, y, at) {
    const [left, right] = ends(view.scale(x), x, selection.brushes.get(x.name));
    const [low, high] = ends(view.scale(y), y, selection.brushes.get(y.name));
    const isThere = selection.brushes.has(x.name) || selection.brushes.has(y.name);
    box.setAttribute('visibility', isThere ? 'visible' : 'hidden');
    put(at.left + left * at.width, at.top + (1 - high) * at.height, (right - left) * at.width, (high - low) * at.height);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  function put(x, y, width, height) {
    for (const [name, value] of Object.entries({ x, y, width, height })) box.setAttribute(name, String(Math.max(0, value)));
  }

  function said() {
    const [x, y] = columns();
    const { strength, many } = together(view.places(x), view.places(y), row => selection.isShown(row));
    if (many < 3 || x.isWords || y.isWords) return `${counted(many, 'trial has', 'trials have')} both.`;
    const how =
      Math.abs(strength) < 0.15
        ? 'hardly go together'
        : `${Math.abs(strength) > 0.6 ? 'go together closely' : 'go together'}, ${strength > 0 ? 'both up' : 'one up as the other goes down'}`;
    return `${names.label(x.name)} and ${names.label(y.name)} ${how} (correlation along these axes ${strength.toFixed(2).replace('-', '−')}).`;
  }

  /** @type {{ x: number, y: number } | null} */
  let from = null;
  let isDragged = false;
  const { svg } = chart.surface;
  svg.addEventListener('pointerdown', pressed => {
    if (pressed.button !== 0 || pressed.pointerType === 'touch') return;
    svg.setPointerCapture(pressed.pointerId);
    [from, isDragged] = [chart.surface.where(pressed), false];
  });
  svg.addEventListener('pointermove', moved => {
    const to = chart.surface.where(moved);
    const at = place;
    if (!from || !at) return selection.point(nearestDot(dots, row => selection.isShown(row), to.x, to.y));
    if (!isDragged && Math.hypot(to.x - from.x, to.y - from.y) < 5) return;
    isDragged = true;
    const [x, y] = columns();
    const share = (/** @type {{ x: number, y: number }} */ point) => [limit((point.x - at.left) / at.width), limit(1 - (point.y - at.top) / at.height)];
    const [one, other] = [share(from), share(to)];
    selection.brushAll({
      [x.name]: brushOf(x, view.scale(x), Math.min(one[0], other[0]), Math.max(one[0], other[0])),
      [y.name]: brushOf(y, view.scale(y), Math.min(one[1], other[1]), Math.max(one[1], other[1])),
    });
  });
  const end = () => {
    if (from && !isDragged && selection.hot >= 0) view.open(selection.hot);
    from = null;
  };
  svg.addEventListener('pointerup', end);
  svg.addEventListener('pointercancel', () => {
    from = null;
  });
  svg.addEventListener('pointerleave', () => selection.point(-1));
  svg.addEventListener('dblclick', () => {
    const [x, y] = columns();
    selection.brushAll({ [x.name]: null, [y.name]: null });
  });
  return chart;
}

/** @param {number} share */
const limit = share => Math.min(1, Math.max(0, share));

/** @param {Column} column @param {Scale} scale @param {number} low shares @param {number} high @returns {Brush} */
export function brushOf(column, scale, low, high) {
  if (!column.isWords) return { low: scale.value(low), high: scale.value(high) };
  const half = 0.5 / Math.max(1, scale.stops);
  const words = column.words.filter((_, code) => scale.place(code) + half > low && scale.place(code) - half < high);
  return { words };
}

/** @param {Scale} scale @param {Column} column @param {Brush | undefined} brush @returns {[number, number]} the shares that are brushed */
function ends(scale, column, brush) {
  if (brush?.low !== undefined && brush.high !== undefined) return [limit(scale.place(brush.low)), limit(scale.place(brush.high))];
  const places = (brush?.words ?? []).map(word => scale.place(column.words.indexOf(word))).filter(place => !Number.isNaN(place));
  const half = 0.5 / Math.max(1, scale.stops);
  return places.length > 0 ? [Math.min(...places) - half, Math.max(...places) + half] : [0, 1];
}
