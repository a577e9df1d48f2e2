// @ts-check
// Two to six trials side by side: only what differs, their curves over each other, and their classes.

import { call } from '../api.js';
import { emptyState } from '../dialog.js';
import { fill, make, makeTable } from '../dom.js';
import { count, counted, duration, figure, plain, share } from '../format.js';
import { key } from '../plot.js';
import { plotCard } from '../plotcard.js';
import { href, turn, watch } from '../route.js';
import { wide } from './wide.js';

/**
 * @typedef {import('./trial.js').Trial} Trial
 * @typedef {{ number: number, record: Trial, tone: string }} Compared
 */

const Most = 6;

/** @param {HTMLElement} container @param {import('../route.js').Route} at */
export async function show(container, at) {
  const { sweep } = at;
  /** @type {Map<number, Trial>} */
  const known = new Map();
  let shown = '';
  const load = async (/** @type {string} */ stated) => {
    shown = stated;
    const numbers = [
      ...new Set(
        stated
          .split(',')
          .map(Number)
          .filter(number => number > 0),
      ),
    ].slice(0, Most);
    await Promise.all(numbers.filter(number => !known.has(number)).map(async number => known.set(number, await call('dashboard/trial', { sweep, number }))));
    if (shown !== stated) return;
    const compared = numbers.map((number, i) => ({ number, record: /** @type {Trial} */ (known.get(number)), tone: `c${i}` }));
    fill(
      container,
      heading(sweep, compared),
      compared.length < 2
        ? emptyState('Choose two to six trials', 'Shift-click rows of a leaderboard, or add trials by their numbers above.', {
            more: make('a', { href: href({ page: 'sweep', sweep }) }, `The leaderboard of ${sweep}`),
          })
        : [curves(compared), make('div', { class: 'columns' }, differences(compared), classes(compared))],
    );
  };
  await load(at.trials ?? '');
  return watch(now => {
    if (now.page === 'compare' && (now.trials ?? '') !== shown) load(now.trials ?? '');
  });
}

/** @param {Compared[]} compared @param {number} number */
const without = (compared, number) =>
  compared
    .filter(one => one.number !== number)
    .map(one => one.number)
    .join(',');

/** @param {string} sweep @param {Compared[]} compared */
function heading(sweep, compared) {
  const add = make('input', { type: 'number', min: 1, placeholder: 'trial', 'aria-label': 'Add a trial by its number' });
  const form = make(
    'form',
    {
      class: 'row add',
      onsubmit: (/** @type {Event} */ sent) => {
        sent.preventDefault();
        if (add.value) turn({ trials: [...compared.map(one => one.number), add.value].join(',') }, { step: true });
      },
    },
    add,
    make('button', null, 'Add'),
  );
  return make(
    'header',
    { class: 'row' },
    make(
      'h1',
      null,
      make('a', { href: href({ page: 'sweep', sweep }) }, sweep),
      make('span', { class: 'soft' }, ' / '),
      compared.length ? `${counted(compared.length, 'trial')} compared` : 'compare trials',
    ),
    compared.map(({ number, tone }) =>
      make(
        'span',
        { class: 'chip' },
        make('i', { class: 'dot', style: { background: `var(--${tone})` } }),
        make('a', { href: href({ page: 'trial', sweep, trial: number }) }, `trial ${number}`),
        make(
          'button',
          { type: 'button', 'aria-label': `Leave trial ${number} out`, onclick: () => turn({ trials: without(compared, number) }, { step: true }) },
          '✕',
        ),
      ),
    ),
    compared.length < Most ? form : null,
  );
}

/**
 * @type {{
 *   label: string, goal: 'max' | 'min' | null, value: (result: NonNullable<Trial['result']>) => number | null | undefined,
 *   text: (value: number | null | undefined) => string
 * }[]}
 */
const Figures = [
  { label: 'validation accuracy', goal: 'max', value: result => result.validation.accuracy, text: figure },
  { label: 'validation loss', goal: 'min', value: result => result.validation.loss, text: figure },
  { label: 'test accuracy, which ranks nothing', goal: null, value: result => result.test?.accuracy, text: figure },
  { label: 'best epoch', goal: null, value: result => result.best_epoch, text: count },
  { label: 'training', goal: 'min', value: result => result.seconds, text: duration },
  { label: 'weights', goal: null, value: result => result.parameter_count, text: count },
];

/** @param {Compared[]} compared */
function differences(compared) {
  const settings = compared[0].record.configuration.map(({ name, meaning }) => ({
    name,
    meaning,
    values: compared.map(one => plain(one.record.configuration.find(setting => setting.name === name)?.value)),
  }));
  const differing = settings.filter(({ values }) => new Set(values).size > 1);
  const same = settings.length - differing.length;
  return section(
    'What differs',
    `${counted(same, 'parameter')} ${same === 1 ? 'is' : 'are'} the same in all of them.`,
    table(compared, [
      ...Figures.map(({ label, goal, value, text }) => {
        const values = compared.map(({ record }) => (record.result ? value(record.result) : null));
        return row(
          label,
          values.map(value => text(value)),
          best(values, goal),
        );
      }),
      ...differing.map(({ name, meaning, values }) => row(name, values, null, meaning)),
    ]),
  );
}

/** @param {Compared[]} compared */
function classes(compared) {
  const names = compared.find(({ record }) => record.classes)?.record.classes?.map(one => one.name);
  if (!names) return null;
  return section(
    'How good they are at each class',
    'F1 on the test images; the best of each class stands out.',
    table(
      compared,
      names.map((name, i) => {
        const values = compared.map(({ record }) => record.classes?.[i].f1);
        return row(
          name,
          values.map(value => share(value)),
          best(values, 'max'),
        );
      }),
    ),
  );
}

/** @param {Compared[]} compared */
function curves(compared) {
  const lines = (/** @type {'validation_accuracy' | 'validation_loss'} */ metric) =>
    compared
      .map(({ number, record, tone }) => ({
        label: `trial ${number}`,
        tone,
        points: (record.attempts.at(-1)?.epochs ?? []).flatMap(epoch =>
          epoch[metric] === null ? [] : [/** @type {[number, number]} */ ([epoch.epoch, Number(epoch[metric])])],
        ),
      }))
      .filter(line => line.points.length);
  if (!lines('validation_loss').length) return null;
  const how = 'Of each trial’s last attempt.';
  return section('How they learned', 'On the validation images, after each epoch.', [
    key(lines('validation_loss')),
    make(
      'div',
      { class: 'pair' },
      plotCard({
        key: 'validation-accuracy',
        title: 'Validation accuracy after each epoch',
        x: 'epoch',
        y: 'accuracy',
        lines: lines('validation_accuracy'),
        how,
      }),
      plotCard({ key: 'validation-loss', title: 'Validation loss after each epoch', x: 'epoch', y: 'loss', lines: lines('validation_loss'), how }),
    ),
  ]);
}

/** @param {string} title @param {string} says @param {import('../dom.js').Child | import('../dom.js').Child[]} body */
const section = (title, says, body) =>
  make('section', { class: 'panel' }, make('header', null, make('h2', null, title)), make('p', { class: 'small soft' }, says), body);

/** @param {Compared[]} compared @param {HTMLElement[]} rows */
const table = (compared, rows) =>
  wide(
    'Trials side by side',
    makeTable(
      { class: 'compared' },
      [
        make('td'),
        compared.map(({ number, tone }) =>
          make('th', { scope: 'col', class: 'number' }, make('i', { class: 'dot', style: { background: `var(--${tone})` } }), ` trial ${number}`),
        ),
      ],
      rows,
    ),
  );

/** @param {string} name @param {string[]} values @param {number | null} first the place of the best @param {string} [meaning] */
const row = (name, values, first, meaning) =>
  make(
    'tr',
    null,
    make('th', { scope: 'row', title: meaning }, name),
    values.map((value, i) => make('td', { class: i === first ? 'number first' : 'number' }, value)),
  );

/** @param {(number | null | undefined)[]} values @param {'max' | 'min' | null} goal @returns {number | null} the place of the one that is best alone */
function best(values, goal) {
  const known = values.filter(value => typeof value === 'number');
  if (!goal || known.length < 2) return null;
  const value = goal === 'max' ? Math.max(...known) : Math.min(...known);
  return known.filter(one => one === value).length === 1 ? values.indexOf(value) : null;
}
