// @ts-check
// A button that opens a short list; Escape and a click elsewhere close it.

import { fill, make } from './dom.js';

/** @typedef {import('./dom.js').Child} Child */

/**
 * @param {string} label
 * @param {(close: () => void) => Child[]} items made each time that it opens
 * @param {{ class?: string, title?: string }} [options]
 * @returns {HTMLElement}
 */
export function menu(label, items, options = {}) {
  const list = make('div', { hidden: true });
  const button = make('button', { type: 'button', class: options.class, title: options.title, 'aria-expanded': 'false', 'aria-haspopup': 'true' }, label);
  const element = make('span', { class: 'menu' }, button, list);
  const close = () => {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
  };
  const outside = (/** @type {Event} */ event) => {
    if (!(event.target instanceof Node && element.contains(event.target))) close();
  };
  const open = () => {
    fill(list, items(close));
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside, true);
    list.style.transform = '';
    const { left, right } = list.getBoundingClientRect();
    const shift = left < 8 ? 8 - left : Math.min(0, innerWidth - 8 - right);
    if (shift) list.style.transform = `translateX(${shift}px)`;
  };
  button.addEventListener('click', () => (list.hidden ? open() : close()));
  element.addEventListener('keydown', pressed => {
    const focusable = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('button, input')]);
    const at = focusable.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (pressed.key === 'Escape' && !list.hidden) {
      pressed.stopPropagation();
      close();
      button.focus();
    } else if ((pressed.key === 'ArrowDown' || pressed.key === 'ArrowUp') && !list.hidden && focusable.length > 0) {
      pressed.preventDefault();
      focusable[(at + (pressed.key === 'ArrowDown' ? 1 : focusable.length - 1) + (at < 0 && pressed.key === 'ArrowUp' ? 1 : 0)) % focusable.length].focus();
    }
  });
  return element;
}
