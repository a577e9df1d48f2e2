// @ts-check
// One sweep: how it stands, and all of its trials, as one selection sees them.

import { call } from '../api.js';
import { contour } from '../charts/contour.js';
import { importance } from '../charts/importance.js';
import { learning } from '../charts/learning.js';
import { Parallel } from '../charts/parallel.js';
import { pareto } from '../charts/pareto.js';
import { progress } from '../charts/progress.js';
import { rungs } from '../charts/rungs.js';
import { scatter } from '../charts/scatter.js';
import { slices } from '../charts/slices.js';
import { spread } from '../charts/spread.js';
import { timeline } from '../charts/timeline.js';
import { tell } from '../dialog.js';
import { make } from '../dom.js';
import { go, watch } from '../route.js';
import { choicesOf, comparedOf, readBrushes, writer } from '../sweep/address.js';
import { asked } from '../sweep/asked.js';
import { Board } from '../sweep/board.js';
import { filterLine } from '../sweep/filterline.js';
import { sweepHead } from '../sweep/head.js';
import { live } from '../sweep/live.js';
import { tip } from '../sweep/tip.js';
import { Trials } from '../trials/columns.js';
import { Curves } from '../trials/curves.js';
import { Names, sweepOf } from '../trials/names.js';
import { Selection } from '../trials/selection.js';
import { View } from '../trials/view.js';
import { actionBar } from './actions.js';

/** @typedef {import('../route.js').Route} Route */

/** @param {HTMLElement} container @param {Route} route @returns {Promise<() => void>} */
export async function show(container, route) {
  const name = route.sweep ?? '';
  container.append(make('p', { class: 'soft', role: 'status' }, 'Asking for the trials …'));
  const [sent, sheet] = await Promise.all([call('dashboard/sweep', { sweep: name }), call('dashboard/trials', { sweep: name })]);
  const sweep = sweepOf(sent);
  const trials = new Trials(sheet);
  const selection = new Selection(trials);
  const view = new View(sweep, trials, selection, new Names(sweep), choicesOf(route));
  const compared = comparedOf(route);
  view.open = row => go({ page: 'trial', sweep: name, trial: trials.numberOf(row) });

  const curves = new Curves(
    async numbers => (await call('dashboard/curves', { sweep: name, trials: numbers.join(',') })).curves,
    () => learned.ask(),
  );
  const version = () => String(trials.version);
  const importances = asked(
    () => call('dashboard/importance', { sweep: name }),
    version,
    60_000,
    () => matters.ask(),
  );
  const times = asked(
    () => call('dashboard/timeline', { sweep: name }),
    version,
    5_000,
    () => done.ask(),
  );

  const parallel = new Parallel(view);
  const learned = learning(view, curves);
  const matters = importance(view, importances);
  const done = timeline(view, times);
  const others = [scatter(view), contour(view), matters, progress(view), pareto(view), spread(view)];
  const ended = rungs(view);
  const along = slices(view);
  const cards = [parallel.card, learned, ...others, along, ended, done];
  const board = new Board(view, {
    compared,
    onCompare: () => {
      filter.renew();
      written.ask();
    },
    onStar: row => star(view, row),
    canMark: true,
  });
  const filter = filterLine(view, { compared, onCompare: () => written.ask() });
  filter.element.append(board.columnsMenu);
  const head = sweepHead(sweep, now => actionBar(now, () => {}));

  const look = make(
    'div',
    { class: 'look' },
    make('div', { class: 'charts top' }, parallel.card.element, learned.element),
    board.element,
    make(
      'div',
      { class: 'charts' },
      along.element,
      others.map(card => card.element),
    ),
    make('div', { class: 'charts ends' }, ended.element, done.element),
  );
  container.replaceChildren(head.element, filter.element, look);

  const written = writer(view, compared);
  filter.set(view.choice('where'));
  readBrushes(view, route);
  filter.renew();
  const ends = [
    view.watch(written.ask),
    written.stop,
    tip(view, look),
    live(view, curves, head.show),
    watch(now => readRoute(view, now, filter.set)),
    () => board.stop(),
    ...cards.map(card => card.stop),
  ];
  return () => ends.forEach(end => end());
}

// After a step back or forth. What the page itself has written says nothing new.
/** @param {View} view @param {Route} now @param {(where: string) => void} setWhere */
function readRoute(view, now, setWhere) {
  if (now.page !== 'sweep' || now.sweep !== view.trials.sweep) return;
  const choices = choicesOf(now);
  const isSame = choices.size === view.choices.size && [...choices].every(([key, value]) => view.choices.get(key) === value);
  if (isSame) return;
  view.choices.clear();
  choices.forEach((value, key) => view.choices.set(key, value));
  setWhere(view.choice('where'));
  readBrushes(view, now);
}

/** @param {View} view @param {number} row */
async function star(view, row) {
  const { trials } = view;
  const number = trials.numberOf(row);
  const before = trials.markOf(number);
  trials.marks.set(number, { ...before, star: !before.star });
  view.tell();
  try {
    await call('dashboard/mark', { sweep: trials.sweep, number }, { method: 'PUT', body: trials.markOf(number) });
  } catch (fault) {
    trials.marks.set(number, before);
    view.tell();
    tell(fault instanceof Error ? fault.message : String(fault), { isFault: true });
  }
}
