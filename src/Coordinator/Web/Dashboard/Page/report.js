// @ts-check
// The report of a sweep, one file that asks for nothing: the charts of its page, over what the file itself holds.

import { copyButton } from './dialog.js';
import { fill, find, make } from './dom.js';
import { classTable, confusionSays, confusionTable } from './pages/trial/confusion.js';
import { curvesPanel } from './pages/trial/learned.js';
import { mistakeList } from './pages/trial/mistakelist.js';
import { Board } from './sweep/board.js';
import { chartsOf } from './sweep/charts.js';
import { filterLine } from './sweep/filterline.js';
import { tip } from './sweep/tip.js';
import { themeSwitch } from './themeswitch.js';
import { Trials } from './trials/columns.js';
import { Curves } from './trials/curves.js';
import { Names, sweepOf } from './trials/names.js';
import { Selection } from './trials/selection.js';
import { View } from './trials/view.js';

/**
 * @typedef {{ attempts: { epochs: import('./pages/trial/learned.js').Epoch[] }[], result: { best_epoch: number } | null, class_names: string[],
 *   classes: import('./pages/trial/confusion.js').ClassScore[] | null, confusion: number[][] | null }} Winner
 * @typedef {{ sweep: unknown, trials: import('./trials/columns.js').Sheet, curves: import('./trials/curves.js').Curve[],
 *   importance: import('./charts/importance.js').Importance, timeline: import('./charts/timeline.js').Timeline, winner: Winner | null,
 *   mistakes: import('./pages/trial/mistakelist.js').Mistakes | null }} Held what the dashboard would answer
 */

/** @type {Held} */
const held = JSON.parse(find('#held').textContent ?? '');

find('#top').append(themeSwitch());
document.documentElement.classList.add('drawn');
for (const line of document.querySelectorAll('.command')) line.append(copyButton(() => line.querySelector('code')?.textContent ?? ''));
showTrials(find('#look'));
if (held.winner) showWinner(find('#drawn-winner'), held.winner);

/** @param {HTMLElement} place */
function showTrials(place) {
  const sweep = sweepOf(held.sweep);
  const trials = new Trials(held.trials);
  const view = new View(sweep, trials, new Selection(trials), new Names(sweep), new Map());
  const known = new Map(held.curves.map(curve => [curve.trial, curve]));
  const curves = new Curves(
    async numbers => numbers.flatMap(number => known.get(number) ?? []),
    () => charts.renew.curves(),
  );
  // What is printed can't wait for them.
  for (const curve of held.curves) curves.known.set(curve.trial, curve);
  const charts = chartsOf(view, { curves, importances: () => held.importance, times: () => held.timeline });
  const board = new Board(view, null);
  const filter = filterLine(view, null);
  filter.element.append(board.columnsMenu);
  fill(place, filter.element, charts.top, board.element, charts.rest);
  filter.renew();
  tip(view, place);
}

/** @param {HTMLElement} place @param {Winner} winner */
function showWinner(place, winner) {
  const { class_names: names, classes, confusion } = winner;
  const panel = (/** @type {string} */ title, /** @type {import('./dom.js').Child[]} */ body) =>
    make('section', { class: 'panel' }, make('header', null, make('h3', null, title)), body);
  fill(
    place,
    make('section', { class: 'panel' }, curvesPanel(winner)),
    confusion && classes
      ? make(
          'div',
          { class: 'columns' },
          panel('What it confuses', [make('p', null, confusionSays(names, confusion)), confusionTable(names, confusion, null)]),
          panel('How good it is at each class', [classTable(classes)]),
        )
      : null,
    held.mistakes
      ? panel('Its surest mistakes', [held.mistakes.why ? make('p', { class: 'soft' }, held.mistakes.why) : mistakeList(held.mistakes)])
      : null,
  );
}
