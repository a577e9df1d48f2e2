// @ts-check
// The metric along each parameter: a small chart a parameter, with the middle of the trials and the half around it.

import { draw } from '../dom.js';
import { card } from './card.js';
import { dotsOf, nearestDot, noDots, paintDots } from './dots.js';
import { frame, path } from './frame.js';
import { quartiles } from './grid.js';
import { pointAt } from './pointing.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/** @typedef {{ column: Column, place: import('./frame.js').Frame, dots: import('./dots.js').Dots, middles: ReturnType<typeof quartiles> }} Slice */

const [Least, Tall] = [230, 190];
const [FewestBins, MostBins] = [4, 14];

/** @param {View} view */
export function slices(view) {
  const { trials, selection, names } = view;
  /** @type {Slice[]} */
  let shown = [];
  const mark = draw('g', {});
  const isShown = (/** @type {number} */ row) => selection.isShown(row);
  const perRow = (/** @type {number} */ width) => Math.max(1, Math.floor(width / Least));

  const chart = card(view, {
    key: 'slices',
    title: `${names.label(names.metric)} along each parameter`,
    isWide: true,
    height: width => Math.max(1, Math.ceil(view.parameters.length / perRow(width))) * Tall,
    paint: surface => {
      const columns = Math.min(perRow(surface.width), Math.max(1, view.parameters.length));
      const wide = surface.width / columns;
      const before = new Map(shown.map(slice => [slice.column.name, slice.dots]));
      shown = view.parameters.map((column, at) => {
        const area = { x: (at % columns) * wide, y: Math.floor(at / columns) * Tall, width: wide - 6, height: Tall - 6 };
        const place = frame(surface, {
          across: view.scale(column),
          up: view.scale(view.metric),
          acrossName: names.axis(column.name),
          upName: '',
          area,
          isSmall: true,
          top: 8,
        });
        const dots = dotsOf(view, column, view.metric, place, before.get(column.name) ?? noDots());
        paintDots(surface, view, dots, place);
        const middles = quartiles(view.places(column), view.places(view.metric), isShown, place.across.stops || binsFor(view.places(column), isShown));
        paintMiddle(surface, place, middles);
        return { column, place, dots, middles };
      });
      surface.add(mark);
    },
    point: row =>
      mark.replaceChildren(
        ...(row < 0 || !selection.isPool(row)
          ? []
          : shown
              .filter(({ dots }) => dots.xs[row] > 0 && dots.ys[row] > 0)
              .map(({ dots }) => draw('circle', { class: 'spot', r: 4.5, cx: dots.xs[row], cy: dots.ys[row] }))),
      ),
    said: () => said(view, shown),
    how: () =>
      `A dot a trial, ${view.over}; the line is the median, the band the middle half${selection.pool < trials.size ? '' : ', of trials that reached a value'}.`,
    figures: () => ({
      head: ['parameter', 'value', 'lower quartile', 'median', 'upper quartile', 'trials'],
      rows: shown.flatMap(({ column, place, middles }) =>
        middles.map(({ at, low, middle, high, many }) => [
          column.name,
          column.isWords ? column.words[place.across.value(at)] : place.across.value(at),
          place.up.value(low),
          place.up.value(middle),
          place.up.value(high),
          many,
        ]),
      ),
    }),
  });
  pointAt(chart.surface, view, (x, y) => {
    const slice = shown.find(
      ({ place }) => x >= place.left - 6 && x <= place.left + place.width + 6 && y >= place.top - 6 && y <= place.top + place.height + 6,
    );
    return slice ? nearestDot(slice.dots, isShown, x, y) : -1;
  });
  return chart;
}

// So many that each has enough trials for a middle that isn't chance.
/** @param {Float32Array} places @param {(row: number) => boolean} isShown */
function binsFor(places, isShown) {
  let many = 0;
  for (let row = 0; row < places.length; row++) if (!Number.isNaN(places[row]) && isShown(row)) many++;
  return Math.min(MostBins, Math.max(FewestBins, Math.round(Math.sqrt(many) / 2)));
}

/** @param {import('./surface.js').Surface} surface @param {import('./frame.js').Frame} place @param {Slice['middles']} middles */
function paintMiddle(surface, place, middles) {
  const x = (/** @type {number} */ at) => place.left + at * place.width;
  const y = (/** @type {number} */ at) => place.top + (1 - at) * place.height;
  if (place.across.stops > 0) {
    const half = Math.min(14, (0.32 * place.width) / place.across.stops);
    for (const { at, low, middle, high } of middles)
      surface.add(
        draw('rect', { class: 'band', x: x(at) - half, width: 2 * half, y: y(high), height: Math.max(1, y(low) - y(high)) }),
        draw('line', { class: 'line', x1: x(at) - half, x2: x(at) + half, y1: y(middle), y2: y(middle) }),
      );
    return;
  }
  const known = middles.filter(({ many }) => many > 2);
  if (known.length < 2) return;
  const xs = known.map(({ at }) => x(at));
  const back = path([...xs].reverse(), known.map(({ low }) => y(low)).reverse()).slice(1);
  surface.add(
    draw('path', {
      class: 'band',
      d: `${path(
        xs,
        known.map(({ high }) => y(high)),
      )}L${back}Z`,
    }),
    draw('path', {
      class: 'line',
      d: path(
        xs,
        known.map(({ middle }) => y(middle)),
      ),
    }),
  );
}

/** @param {View} view @param {Slice[]} shown */
function said(view, shown) {
  const moves = shown
    .map(({ column, place, middles }) => {
      const known = middles.filter(({ many }) => many > 2);
      if (known.length < 2) return null;
      const best = known.reduce((one, other) => (other.middle > one.middle === view.names.isHighFirst(view.names.metric) ? other : one));
      const worst = known.reduce((one, other) => (other.middle < one.middle === view.names.isHighFirst(view.names.metric) ? other : one));
      return { column, place, best, worst, move: Math.abs(best.middle - worst.middle) };
    })
    .filter(move => move !== null)
    .sort((one, other) => other.move - one.move);
  const top = moves[0];
  if (!top) return view.selection.shown === 0 ? 'Nothing is selected.' : 'There are too few trials to say which parameter matters.';
  const text = (/** @type {number} */ at) => view.names.text(view.metric, top.place.up.value(at));
  const value = top.column.isWords
    ? `with ${top.column.words[top.place.across.value(top.best.at)]}`
    : `at about ${view.names.text(top.column, Number(top.place.across.value(top.best.at).toPrecision(2)))}`;
  return `${view.names.label(top.column.name)} moves it most: the median goes from ${text(top.worst.middle)} to ${text(top.best.middle)}, ${value}.`;
}
