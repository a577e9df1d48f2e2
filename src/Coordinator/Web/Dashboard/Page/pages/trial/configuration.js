// @ts-check
// A trial's configuration: what differs from the defaults first, the rest behind a line.

import { make, makeTable } from '../../dom.js';
import { counted, plain } from '../../format.js';
import { wide } from '../wide.js';

/** @typedef {{ name: string, value: unknown, default: unknown, differs: boolean, meaning: string }} Setting */

/** @param {Setting[]} settings */
export function configurationTable(settings) {
  const [own, rest] = [settings.filter(setting => setting.differs), settings.filter(setting => !setting.differs)];
  return [
    own.length ? table(own, true) : make('p', { class: 'soft' }, 'Nothing differs from the defaults.'),
    rest.length ? make('details', null, make('summary', null, `${counted(rest.length, 'more parameter')} as by default`), table(rest, false)) : null,
  ];
}

/** @param {Setting[]} settings @param {boolean} withDefault */
function table(settings, withDefault) {
  return wide(
    'Parameters',
    makeTable(
      { class: 'configuration' },
      [make('th', { scope: 'col' }, 'parameter'), make('th', { scope: 'col' }, 'value'), withDefault ? make('th', { scope: 'col' }, 'default') : null],
      settings.map(setting =>
        make(
          'tr',
          null,
          make('th', { scope: 'row', title: setting.meaning }, setting.name),
          make('td', { class: 'mono' }, plain(setting.value)),
          withDefault ? make('td', { class: 'mono soft' }, plain(setting.default)) : null,
        ),
      ),
    ),
  );
}
