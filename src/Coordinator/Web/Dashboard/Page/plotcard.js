// @ts-check
// A small chart with what every chart has: how it was computed, its figures as a table, and both as files.

import { save, toCsv } from './charts/card.js';
import { draw, fill, make, makeTable } from './dom.js';
import { plain } from './format.js';
import { linePlot } from './plot.js';

/** @typedef {import('./plot.js').Plot} Plot */

/**
 * @param {Plot & { key: string, how: string }} plot `key` names its files
 * @returns {HTMLElement}
 */
export function plotCard(plot) {
  const svg = linePlot(plot);
  const below = make('div', { class: 'figures wide', hidden: true, tabindex: 0, role: 'region', 'aria-label': `${plot.title} as a table` });
  const table = make('button', { type: 'button', class: 'quiet small', 'aria-expanded': 'false', onclick: showTable }, 'as table');
  const tool = (/** @type {string} */ name, /** @type {() => void} */ run) =>
    make('button', { type: 'button', class: 'quiet small', 'aria-label': `${plot.title} as ${name}`, onclick: run }, name);
  return make(
    'figure',
    { class: 'plot-card' },
    make('figcaption', null, plot.title),
    svg,
    make(
      'footer',
      { class: 'row' },
      make('span', { class: 'how grow small soft' }, plot.how),
      table,
      tool('SVG', () => save(`${plot.key}.svg`, 'image/svg+xml', textOf(svg))),
      tool('CSV', () => save(`${plot.key}.csv`, 'text/csv', toCsv(figuresOf(plot)))),
    ),
    below,
  );

  function showTable() {
    below.hidden = !below.hidden;
    table.setAttribute('aria-expanded', String(!below.hidden));
    const { head, rows } = figuresOf(plot);
    fill(
      below,
      below.hidden
        ? null
        : makeTable(
            null,
            [head.map(name => make('th', { scope: 'col', class: 'number' }, name))],
            rows.map(row =>
              make(
                'tr',
                null,
                row.map(value => make('td', { class: 'number' }, value === null ? '' : plain(value))),
              ),
            ),
          ),
    );
  }
}

/** @param {Plot} plot @returns {{ head: string[], rows: (number | null)[][] }} */
function figuresOf({ x, lines }) {
  const places = [...new Set(lines.flatMap(line => line.points.map(point => point[0])))].sort((one, other) => one - other);
  const known = lines.map(line => new Map(line.points));
  return { head: [x, ...lines.map(line => line.label)], rows: places.map(place => [place, ...known.map(values => values.get(place) ?? null)]) };
}

const Drawn = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size'];

// What the page's style says stands in the file itself, so that it looks the same anywhere.
/** @param {SVGSVGElement} svg */
function textOf(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const originals = [...svg.querySelectorAll('*')];
  [...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const property of Drawn) element.setAttribute(property, style.getPropertyValue(property));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.prepend(draw('rect', { width: '100%', height: '100%', fill: getComputedStyle(document.body).backgroundColor }));
  return new XMLSerializer().serializeToString(copy);
}
