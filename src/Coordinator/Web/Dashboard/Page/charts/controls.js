// @ts-check
// What a chart's looks are chosen by.

import { fill, make } from '../dom.js';

/** @typedef {import('../trials/view.js').View} View */

/**
 * One of some columns.
 * @param {View} view
 * @param {string} key of the choice
 * @param {string} label for those who don't see it
 * @param {() => { name: string, label: string }[]} options the first is what is unless chosen
 * @param {string} [before] words in front of it
 * @returns {{ element: HTMLElement, value: () => string, renew: () => void }} `renew` after the options have changed
 */
export function pick(view, key, label, options, before = '') {
  const select = make('select', { 'aria-label': label, class: 'small' });
  const value = () => {
    const known = options();
    const chosen = view.choice(key);
    return known.some(option => option.name === chosen) ? chosen : (known[0]?.name ?? '');
  };
  let shown = '';
  const renew = () => {
    const known = options();
    const now = `${value()} ${known.map(option => option.name)}`;
    if (now === shown) return;
    shown = now;
    fill(
      select,
      known.map(option => make('option', { value: option.name, selected: option.name === value() }, option.label)),
    );
  };
  renew();
  view.watch(renew);
  select.addEventListener('change', () => view.choose(key, select.value === options()[0]?.name ? '' : select.value));
  return { element: make('label', { class: 'pick small soft' }, before, select), value, renew };
}

/**
 * On or off.
 * @param {View} view @param {string} key @param {string} label @param {boolean} [isOn] unless chosen
 * @returns {{ element: HTMLElement, value: () => boolean }}
 */
export function toggle(view, key, label, isOn = false) {
  const value = () => (view.choice(key) || (isOn ? 'yes' : 'no')) === 'yes';
  const button = make('button', { type: 'button', class: 'small', 'aria-pressed': String(value()) }, label);
  view.watch(() => button.setAttribute('aria-pressed', String(value())));
  button.addEventListener('click', () => view.choose(key, value() === isOn ? (isOn ? 'no' : 'yes') : ''));
  return { element: button, value };
}
