// @ts-check
// One sweep: how it stands, and all of its trials, as one selection sees them.

import { call } from '../api.js';
import { tell } from '../dialog.js';
import { make } from '../dom.js';
import { go, href, watch } from '../route.js';
import { choicesOf, comparedOf, readBrushes, writer } from '../sweep/address.js';
import { asked } from '../sweep/asked.js';
import { Board } from '../sweep/board.js';
import { chartsOf } from '../sweep/charts.js';
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
  const placeOf = (/** @type {number} */ row) => ({ page: 'trial', sweep: name, trial: trials.numberOf(row) });
  view.open = row => go(placeOf(row));
  view.addressOf = row => href(placeOf(row));

  const curves = new Curves(
    async numbers => (await call('dashboard/curves', { sweep: name, trials: numbers.join(',') })).curves,
    () => charts.renew.curves(),
  );
  const version = () => String(trials.version);
  const importances = asked(
    () => call('dashboard/importance', { sweep: name }),
    version,
    60_000,
    () => charts.renew.importances(),
  );
  const times = asked(
    () => call('dashboard/timeline', { sweep: name }),
    version,
    5_000,
    () => charts.renew.times(),
  );

  const charts = chartsOf(view, { curves, importances, times });
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

  const look = make('div', { class: 'look' }, charts.top, board.element, charts.rest);
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
    charts.stop,
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
