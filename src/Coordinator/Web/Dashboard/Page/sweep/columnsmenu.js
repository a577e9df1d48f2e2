// @ts-check
// Which columns the leaderboard has.

import { make } from '../dom.js';
import { menu } from '../menu.js';

/** @param {import('../trials/view.js').View} view */
export function columnsMenu(view) {
  const item = (/** @type {string} */ value, /** @type {string} */ label) =>
    make(
      'label',
      null,
      make('input', { type: 'radio', name: 'columns', checked: view.choice('columns') === value, onchange: () => view.choose('columns', value) }),
      label,
    );
  return menu('Columns ▾', () => [item('', 'Only what differs'), item('all', 'All')], { class: 'quiet small' });
}
