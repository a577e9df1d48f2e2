// @ts-check
// Files of a trial, which a click saves: they may be behind the token, so that a plain link would not do.

import { send } from '../../api.js';
import { tell } from '../../dialog.js';
import { make } from '../../dom.js';

/** @param {{ label: string, href: string }} file */
export const downloadButton = ({ label, href }) => make('button', { type: 'button', onclick: () => save(href) }, `↓ ${label}`);

/** @param {string} href */
async function save(href) {
  try {
    const response = await send(href.replace(/^\//, ''), {});
    const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? href.split(/[?#]/)[0].split('/').at(-1) ?? 'file';
    const address = URL.createObjectURL(await response.blob());
    make('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (fault) {
    tell(fault instanceof Error ? fault.message : String(fault), { isFault: true });
  }
}
