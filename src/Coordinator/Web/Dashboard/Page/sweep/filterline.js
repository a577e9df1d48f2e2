// @ts-check
// What is looked at: the condition, the top, and the brushes as chips that can be taken away.

import { fill, make } from '../dom.js';
import { count } from '../format.js';
import { href } from '../route.js';
import { filterBox } from './filterbox.js';

/** @typedef {import('../trials/view.js').View} View */

const Tops = ['', '50', '25', '10', '5', '1'];

/** @param {View} view @param {{ compared: Set<number>, onCompare: () => void } | null} options null where there is no page to compare trials on */
export function filterLine(view, options) {
  const { trials, selection, names } = view;
  const box = filterBox(view, text => view.choose('where', text));
  const top = make(
    'select',
    { 'aria-label': 'Best share' },
    Tops.map(share => make('option', { value: share }, share ? `best ${share} %` : 'all places')),
  );
  top.addEventListener('change', () => view.choose('top', top.value));
  const shown = make('span', { class: 'nowrap', role: 'status' });
  const chips = make('span', { class: 'row chips' });
  const compare = make('span', { class: 'row' });
  let asked = '';

  const renew = () => {
    const share = view.choice('top');
    const key = `${share} ${trials.version}`;
    if (key !== asked) {
      asked = key;
      top.value = share;
      const most = Math.ceil((Number(share) / 100) * trials.ranked);
      const rank = trials.own('rank');
      selection.ask('top', share ? row => rank.values[row] <= most : null);
      return;
    }
    fill(shown, make('b', null, count(selection.shown)), ` of ${count(trials.size)} shown`);
    fill(
      chips,
      [...selection.brushes].map(([name, brush]) =>
        make(
          'span',
          { class: 'chip' },
          `${names.label(name)} ${textOf(view, name, brush)}`,
          make('button', { type: 'button', 'aria-label': `Clear ${names.label(name)}`, onclick: () => selection.brush(name, null) }, '✕'),
        ),
      ),
      selection.brushes.size > 1
        ? make(
            'button',
            {
              type: 'button',
              class: 'quiet small',
              onclick: () => selection.brushAll(Object.fromEntries([...selection.brushes.keys()].map(name => [name, null]))),
            },
            'clear all',
          )
        : null,
    );
    const compared = options?.compared;
    fill(
      compare,
      !compared?.size
        ? null
        : [
            make(
              'a',
              {
                class: 'button',
                'aria-disabled': compared.size < 2 ? 'true' : null,
                href: href({ page: 'compare', sweep: trials.sweep, trials: [...compared].slice(0, 6).join(',') }),
              },
              compared.size < 2 ? 'Compare 1 with …' : `Compare ${Math.min(6, compared.size)}`,
            ),
            make(
              'button',
              {
                type: 'button',
                class: 'quiet small',
                onclick: () => {
                  compared.clear();
                  options?.onCompare();
                  view.tell();
                },
              },
              'none',
            ),
          ],
    );
  };
  view.watch(renew);
  return { element: make('div', { class: 'filterline' }, box.element, top, shown, chips, compare), set: box.set, renew };
}

/** @param {View} view @param {string} name @param {import('../trials/selection.js').Brush} brush */
function textOf(view, name, { low, high, words, unset }) {
  const column = view.trials.own(name);
  const text = (/** @type {number} */ value) => view.names.text(column, Number.isInteger(value) ? value : Number(value.toPrecision(3)));
  const range = low === undefined || high === undefined ? [] : [`${text(low)} – ${text(high)}`];
  return [...range, ...(words ?? []), ...(unset ? ['not set'] : [])].join(', ');
}
