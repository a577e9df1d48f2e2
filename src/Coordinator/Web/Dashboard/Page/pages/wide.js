// @ts-check
// What may be wider than the screen scrolls by itself, by the keyboard as well.

import { make } from '../dom.js';

/** @param {string} label what it is @param {HTMLElement} content */
export const wide = (label, content) => make('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': label }, content);
