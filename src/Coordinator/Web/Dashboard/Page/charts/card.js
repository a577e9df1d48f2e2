// @ts-check
// A chart in its card: what it shows, what it says, how it was computed, and the figures behind it. It is painted when it is looked at, once a frame.

import { fill, make, makeTable } from '../dom.js';
import { count } from '../format.js';
import { eachFrame } from '../frames.js';
import { colour, watchTheme } from '../theme.js';
import { Surface, toSvg } from './surface.js';

/** @typedef {{ head: string[], rows: (string | number | null)[][] }} Figures */
/**
 * @typedef {{ key: string, title: string, height: number | ((width: number) => number),
 *   paint: (surface: Surface) => void, said: () => string, how: () => string,
 *   figures: () => Figures, point?: (row: number) => void, controls?: import('../dom.js').Child[], isWide?: boolean, least?: () => number,
 *   urgency?: number, room?: number }} Chart `said`: one sentence that says what the chart says; `point` marks the trial that is pointed at, -1 for none;
 *   `least`: the width under which it scrolls; `urgency`: 0 of what follows the pointer; `room`: its height before it is looked at, where it isn't known
 */
/** @typedef {{ element: HTMLElement, surface: Surface, ask: () => void, stop: () => void }} Card */

const MostRows = 200;

/** @param {import('../trials/view.js').View} view @param {Chart} chart @returns {Card} */
export function card(view, chart) {
  const surface = new Surface();
  surface.svg.setAttribute('aria-label', chart.title);
  const said = make('p', { class: 'said' });
  const how = make('p', { class: 'how' });
  const below = make('div', { class: 'figures wide', hidden: true, tabindex: 0, role: 'region', 'aria-label': `${capital(chart.title)} as a table` });
  const drawn = make('div', { class: 'wide', role: 'group', tabindex: 0, 'aria-label': `${capital(chart.title)}, drawn` }, surface.element);
  const title = make('h2', { id: `chart-${chart.key}` }, capital(chart.title));
  const tool = (/** @type {string} */ label, /** @type {() => void} */ act) =>
    make('button', { type: 'button', class: 'quiet small', 'aria-label': `${label} of ${chart.title}`, onclick: act }, label);
  const table = tool('as table', showTable);
  // What was never looked at is painted first: a file has it whole.
  const svg = tool('SVG', () => {
    paint();
    save(`${chart.key}.svg`, 'image/svg+xml', toSvg(surface, chart.title, colour('ground')));
  });
  const csv = tool('CSV', () => {
    paint();
    save(`${chart.key}.csv`, 'text/csv', toCsv(chart.figures()));
  });
  const element = make(
    'section',
    { class: `panel chart ${chart.isWide ? 'broad' : ''}`, data: { chart: chart.key }, 'aria-labelledby': title.id },
    make('header', null, title, ...(chart.controls ?? [])),
    said,
    drawn,
    make('footer', null, how, make('span', { class: 'tools' }, table, svg, csv)),
    below,
  );
  // Its room is taken before it is painted: what is below the fold must not look as if it were seen.
  surface.element.style.height = `${chart.room ?? (typeof chart.height === 'number' ? chart.height : chart.height(innerWidth))}px`;
  let [isSeen, isDue, width] = [false, true, 0];
  const paint = () => {
    if (!isDue || width < 40) return;
    isDue = false;
    const across = Math.max(width, chart.least?.() ?? 0);
    surface.start(across, typeof chart.height === 'number' ? chart.height : chart.height(across));
    chart.paint(surface);
    surface.end();
    chart.point?.(view.selection.hot);
    put(said, capital(chart.said()));
    put(how, capital(chart.how()));
    surface.svg.setAttribute('aria-label', `${chart.title}. ${said.textContent}`);
    if (!below.hidden) fill(below, tableOf(chart.figures()));
  };
  const frames = eachFrame(() => {
    if (isSeen) paint();
  }, chart.urgency ?? 1);
  const ask = () => {
    isDue = true;
    if (isSeen) frames.ask();
  };
  const seen = new IntersectionObserver(
    entries => {
      isSeen = entries[entries.length - 1].isIntersecting;
      if (isSeen && isDue) frames.ask();
    },
    { rootMargin: '150px' },
  );
  const sized = new ResizeObserver(entries => {
    const next = Math.floor(entries[entries.length - 1].contentRect.width);
    if (next === width) return;
    width = next;
    ask();
  });
  seen.observe(element);
  sized.observe(/** @type {Element} */ (surface.element.parentElement));
  const ends = [
    watchTheme(ask),
    view.watch(ask),
    view.selection.watchHot(row => {
      if (isSeen && !isDue) chart.point?.(row);
    }),
    beforePrint(paint),
  ];

  function showTable() {
    below.hidden = !below.hidden;
    table.setAttribute('aria-expanded', String(!below.hidden));
    fill(below, below.hidden ? null : tableOf(chart.figures()));
  }

  return {
    element,
    surface,
    ask,
    stop: () => {
      frames.stop();
      seen.disconnect();
      sized.disconnect();
      ends.forEach(end => end());
    },
  };
}

// What was never looked at is printed as well.
/** @param {() => void} paint @returns {() => void} ends it */
function beforePrint(paint) {
  addEventListener('beforeprint', paint);
  return () => removeEventListener('beforeprint', paint);
}

/** @param {Figures} figures */
export const toCsv = ({ head, rows }) => [head, ...rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';

/** @param {string} name @param {string} type @param {string} text */
export function save(name, type, text) {
  const link = make('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {Figures} figures */
function tableOf({ head, rows }) {
  const body = rows.slice(0, MostRows).map(row =>
    make(
      'tr',
      null,
      row.map(value =>
        make(
          'td',
          { class: typeof value === 'number' ? 'number' : null },
          value === null ? '' : typeof value === 'number' ? Number(value.toPrecision(6)) : value,
        ),
      ),
    ),
  );
  return [
    makeTable(null, [head.map((name, at) => make('th', { scope: 'col', class: typeof rows[0]?.[at] === 'number' ? 'number' : null }, name))], body),
    rows.length > MostRows ? make('p', { class: 'how' }, `The first ${MostRows} of ${count(rows.length)} rows; CSV has them all.`) : null,
  ];
}

// A text that a spreadsheet would take for a formula gets an apostrophe.
/** @param {string | number | null} value */
function cell(value) {
  if (value === null || typeof value === 'number') return value ?? '';
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {string} text */
const capital = text => text.slice(0, 1).toUpperCase() + text.slice(1);

/** @param {HTMLElement} place @param {string} text */
function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
