// @ts-check
// What the first layer of a model looks for, as pictures.

import { call } from '../../api.js';
import { fill, make } from '../../dom.js';
import { figure } from '../../format.js';
import { picture } from '../../images.js';

/** @param {HTMLElement} within @param {{ sweep: string, number: string }} trial */
export async function showFilters(within, trial) {
  const place = within.querySelector('.filters');
  /** @type {{ layer: string | null, rows: number, columns: number, filters: { unit: number, norm: number, pixels: string }[], why: string | null }} */
  const answer = await call('dashboard/filters', trial).catch(() => null);
  if (!(place instanceof HTMLElement) || !answer || answer.why || !answer.filters.length) return;
  place.hidden = false;
  fill(
    place,
    make('header', null, make('h2', null, `What ${answer.layer} looks for`)),
    make('p', { class: 'small soft' }, 'The weights of each unit, the heaviest first: orange for more, blue for less, white for nothing.'),
    make(
      'div',
      { class: 'samples' },
      answer.filters.map(filter =>
        picture(filter.pixels, `Unit ${filter.unit}, norm ${figure(filter.norm, 2)}`, { rows: answer.rows, columns: answer.columns, isSigned: true }),
      ),
    ),
  );
}
