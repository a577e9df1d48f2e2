// @ts-check
// A trial: what it was, how it went, what it confuses, and how to do it again.

import { call } from '../api.js';
import { command } from '../dialog.js';
import { fill, make, makeTable } from '../dom.js';
import { follow } from '../events.js';
import { count, duration, figure, plain, share, stateOf } from '../format.js';
import { href, route, turn, watch } from '../route.js';
import { attemptLines } from './trial/attempts.js';
import { configurationTable } from './trial/configuration.js';
import { classTable, confusionSays, confusionTable } from './trial/confusion.js';
import { downloadButton } from './trial/downloads.js';
import { showFilters } from './trial/filters.js';
import { curvesPanel } from './trial/learned.js';
import { logLines } from './trial/log.js';
import { markPanel } from './trial/mark.js';
import { showMistakes } from './trial/mistakes.js';
import { wide } from './wide.js';

/**
 * @typedef {import('./trial/attempts.js').Attempt & { epochs: import('./trial/learned.js').Epoch[] }} Attempt
 * @typedef {{ loss: number | null, accuracy: number | null }} Score
 * @typedef {{
 *   configuration: import('./trial/configuration.js').Setting[], state: string, reason: string | null, rank: number | null, siblings: number[],
 *   result: { train: Score, validation: Score, test: Score | null, best_epoch: number, seconds: number, parameter_count: number } | null,
 *   report: { top_2_accuracy: number, calibration_error: number } | null, class_names: string[],
 *   classes: import('./trial/confusion.js').ClassScore[] | null, confusion: number[][] | null, attempts: Attempt[],
 *   layers: { name: string, output: string, parameters: number }[], environment: Record<string, unknown> | null,
 *   commands: { label: string, command: string }[], downloads: { label: string, href: string }[], mark: import('./trial/mark.js').Mark
 * }} Trial
 */

/** @param {HTMLElement} container @param {import('../route.js').Route} at */
export async function show(container, at) {
  const trial = { sweep: at.sweep ?? '', number: at.trial ?? '' };
  const curves = make('section', { class: 'panel' });
  const rest = make('div', { class: 'stack parts' });
  const head = make('header', { class: 'stack' });
  const mistakes = make('div', { class: 'stack' });
  const log = make('div');
  /** @type {Trial} */
  let record = await call('dashboard/trial', trial);
  const { read_only: isReadOnly } = await call('dashboard/sweeps');
  const load = async () => {
    record = await call('dashboard/trial', trial);
    paint();
  };
  const paint = () => {
    fill(head, heading(trial, record));
    paintEpochs();
    fill(rest, panels(record, mistakes, log));
    if (!record.result) return;
    showCell();
    showFilters(rest, trial);
  };
  const paintEpochs = () => {
    fill(curves, curvesPanel(record));
    fill(log, logLines(trial, record.attempts));
  };
  const showCell = () => showMistakes(mistakes, trial, cellOf(route().cell), () => turn({ cell: '' }));
  paint();
  fill(container, head, markPanel(trial, record.mark, isReadOnly), curves, rest);

  let cell = route().cell;
  const unwatch = watch(now => {
    if (now.cell === cell || !record.result) return;
    cell = now.cell;
    showCell();
  });
  const end = follow(trial.sweep, {
    epoch: heard => {
      if (String(heard.trial) !== trial.number) return;
      const attempt = record.attempts.find(one => one.attempt === heard.attempt);
      if (!attempt || attempt.epochs.some(epoch => epoch.epoch === heard.epoch)) return;
      attempt.epochs.push({ epoch: heard.epoch, ...heard.values });
      paintEpochs();
    },
    trials: heard => {
      if (heard.whole || !Array.isArray(heard.columns.number)) return load();
      const row = heard.columns.number.indexOf(Number(trial.number));
      const state = row < 0 ? null : heard.columns.state.words[heard.columns.state.codes[row]];
      if (state && (state !== record.state || heard.columns.attempt[row] !== record.attempts.length)) load();
    },
    reset: load,
  });
  return () => {
    unwatch();
    end();
  };
}

/** @param {string | undefined} text as 6-0 @returns {[number, number] | null} */
function cellOf(text) {
  const [shows, takenFor] = /^\d-\d$/.test(text ?? '') ? String(text).split('-').map(Number) : [];
  return shows === undefined ? null : [shows, takenFor];
}

/** @param {{ sweep: string, number: string }} trial @param {Trial} record */
function heading({ sweep, number }, record) {
  const { sign, tone, word } = stateOf(record.state);
  const tile = (/** @type {string} */ value, /** @type {string} */ of) => make('div', { class: 'tile' }, make('b', null, value), make('span', null, of));
  const { result, report } = record;
  const others = record.siblings.filter(one => String(one) !== number);
  return [
    make(
      'div',
      { class: 'row' },
      make('h1', null, make('a', { href: href({ page: 'sweep', sweep }) }, sweep), make('span', { class: 'soft' }, ' / '), `trial ${number}`),
      make('span', { class: tone }, `${sign} ${word}`),
      record.rank === null ? null : make('span', { class: 'chip' }, `place ${record.rank}`),
      others.length
        ? make(
            'span',
            { class: 'small soft' },
            'repeats: ',
            others.map(one => [make('a', { href: href({ page: 'trial', sweep, trial: one }) }, String(one)), ' ']).flat(),
          )
        : null,
    ),
    record.reason ? make('p', { class: 'bad' }, record.reason) : null,
    result
      ? make(
          'div',
          { class: 'tiles' },
          tile(figure(result.validation.accuracy), 'validation accuracy'),
          tile(figure(result.validation.loss), 'validation loss'),
          result.test ? tile(figure(result.test.accuracy), 'test accuracy, which ranks nothing') : null,
          report ? tile(share(report.top_2_accuracy), 'right among the first two') : null,
          report ? tile(share(report.calibration_error), 'calibration error') : null,
          tile(String(result.best_epoch), 'best epoch'),
          tile(duration(result.seconds), 'of training'),
          tile(count(result.parameter_count), 'weights'),
        )
      : null,
  ];
}

/** @param {Trial} record @param {HTMLElement} mistakes @param {HTMLElement} log */
function panels(record, mistakes, log) {
  const panel = (/** @type {string} */ title, /** @type {import('../dom.js').Child[]} */ body) =>
    make('section', { class: 'panel' }, make('header', null, make('h2', null, title)), body);
  const { class_names: names, confusion } = record;
  const pair = (/** @type {import('../dom.js').Child[]} */ left, /** @type {import('../dom.js').Child[]} */ right) =>
    make('div', { class: 'columns' }, make('div', { class: 'stack' }, left), make('div', { class: 'stack' }, right));
  return [
    pair(
      [
        panel('What it was', configurationTable(record.configuration)),
        record.classes ? panel('How good it is at each class', [classTable(record.classes)]) : null,
      ],
      [
        confusion
          ? panel('What it confuses', [
              make('p', null, confusionSays(names, confusion)),
              confusionTable(names, confusion, (i, j) => turn({ cell: `${i}-${j}` })),
            ])
          : null,
      ],
    ),
    record.result ? panel('Its surest mistakes', [mistakes]) : null,
    pair(
      [make('section', { class: 'panel filters', hidden: true }), record.layers.length ? panel('Its layers', [layerTable(record.layers)]) : null],
      [
        panel('Attempts', [attemptLines(record.attempts.map(attempt => ({ ...attempt, epochs: attempt.epochs.length })))]),
        panel('Log', [log]),
        panel('Do it again', [
          make(
            'div',
            { class: 'stack' },
            record.commands.map(one => make('div', null, make('p', { class: 'small soft' }, one.label), command(one.command))),
          ),
          make('p', { class: 'row downloads' }, record.downloads.map(downloadButton)),
        ]),
        !record.environment
          ? null
          : panel('Where it ran', [
              make(
                'dl',
                { class: 'facts' },
                Object.entries(record.environment)
                  .filter(([, value]) => value !== null)
                  .map(([name, value]) => [make('dt', null, name.replaceAll('_', ' ')), make('dd', null, plain(value))])
                  .flat(),
              ),
            ]),
      ],
    ),
  ];
}

/** @param {{ name: string, output: string, parameters: number }[]} layers */
const layerTable = layers =>
  wide(
    'Layers',
    makeTable(
      null,
      [['layer', 'output'].map(name => make('th', { scope: 'col' }, name)), make('th', { scope: 'col', class: 'number' }, 'weights')],
      layers.map(layer =>
        make(
          'tr',
          null,
          make('th', { scope: 'row' }, layer.name),
          make('td', { class: 'mono' }, layer.output),
          make('td', { class: 'number' }, count(layer.parameters)),
        ),
      ),
    ),
  );
