// @ts-check
// What a sweep file comes to: how many trials, what they cost, what the first of them are.

import { make, makeTable } from '../../dom.js';
import { count, counted, plain, roughly, words } from '../../format.js';
import { wide } from '../wide.js';

/**
 * @typedef {{
 *   name: string, method: string, objective: Record<string, unknown>, trials: number, exact: boolean, epochs: number, images: number, seconds: number | null,
 *   parameters: Record<string, Record<string, unknown>>, when: Record<string, string>, constraints: string[], rules: Record<string, string>,
 *   first: { trial: string | { sweep: string, number: number }, parameters: Record<string, unknown> }[], notices: string[]
 * }} Plan as fsweep plan has it
 */

/** @param {Plan} plan */
export function planPanel(plan) {
  const tile = (/** @type {string} */ value, /** @type {string} */ of) => make('div', { class: 'tile' }, make('b', null, value), make('span', null, of));
  const epochs = plan.exact ? 'epochs' : 'epochs at most';
  return [
    make('header', null, make('h2', null, 'Plan'), make('span', { class: 'good small' }, '✓ no fault')),
    make(
      'div',
      { class: 'tiles' },
      tile(count(plan.trials), 'trials'),
      tile(count(plan.epochs), epochs),
      plan.seconds === null ? null : tile(roughly(plan.seconds), 'on one core, about'),
    ),
    plan.notices.map(text => make('p', { class: 'notice-line' }, text)),
    make('h3', null, `Searched by ${plan.method}`),
    make(
      'dl',
      { class: 'facts' },
      Object.entries(plan.parameters)
        .filter(([, domain]) => !('value' in domain))
        .map(([name, domain]) => [
          make('dt', null, name),
          make('dd', { class: 'mono' }, domainText(domain), plan.when[name] ? make('span', { class: 'soft' }, ` when ${plan.when[name]}`) : null),
        ])
        .flat(),
    ),
    plan.constraints.map(text => make('p', { class: 'small soft' }, `Only where ${text}`)),
    Object.entries(plan.rules).map(([name, meaning]) => make('p', { class: 'small' }, make('b', null, `${words(name)}: `), meaning)),
    firstTrials(plan),
  ].flat();
}

/** @param {Plan} plan */
function firstTrials({ first, parameters, trials }) {
  const varied = Object.entries(parameters)
    .filter(([, domain]) => !('value' in domain))
    .map(([name]) => name);
  if (!first.length || !varied.length) return null;
  return [
    make('h3', null, first.length < trials ? `The first ${counted(first.length, 'trial')}` : 'The trials'),
    wide(
      'First trials',
      makeTable(
        null,
        [varied.map(name => make('th', { scope: 'col' }, name))],
        first.map(trial =>
          make(
            'tr',
            null,
            varied.map(name => make('td', { class: 'mono' }, plain(trial.parameters[name]))),
          ),
        ),
      ),
    ),
  ];
}

/** @param {Record<string, unknown>} domain */
function domainText(domain) {
  if (Array.isArray(domain.values)) return domain.values.map(plain).join(', ');
  const settings = Object.entries(domain)
    .filter(([name]) => name !== 'distribution')
    .map(([name, value]) => (name === 'min' || name === 'max' ? plain(value) : `${name} ${plain(value)}`));
  return `${settings.join(' to ')} ${words(String(domain.distribution ?? ''))}`;
}
