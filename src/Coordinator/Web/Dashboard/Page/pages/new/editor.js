// @ts-check
// A text with line numbers, whose faulty lines are marked.

import { fill, make } from '../../dom.js';

/** @typedef {{ line: number, column: number, text: string }} Fault both counted from 1; 0 where the whole file is meant */

/**
 * @param {string} text
 * @param {() => void} changed
 */
export function editor(text, changed) {
  /** @type {Map<number, string>} */
  let faulty = new Map();
  const numbers = make('ol', { class: 'numbers', 'aria-hidden': 'true' });
  const area = make('textarea', {
    spellcheck: false,
    autocapitalize: 'off',
    autocomplete: 'off',
    wrap: 'off',
    'aria-label': 'The sweep file, YAML',
    value: text,
  });
  area.addEventListener('input', () => {
    paint();
    changed();
  });
  area.addEventListener('scroll', () => {
    numbers.scrollTop = area.scrollTop;
  });
  paint();
  return {
    element: make('div', { class: 'editor' }, numbers, area),
    text: () => area.value,
    /** @param {Fault[]} faults */
    mark(faults) {
      faulty = new Map(faults.map(fault => [fault.line, fault.text]));
      area.setAttribute('aria-invalid', String(faults.length > 0));
      paint();
    },
    /** Puts the cursor there. @param {Fault} fault */
    goTo({ line, column }) {
      const before = area.value
        .split('\n')
        .slice(0, Math.max(0, line - 1))
        .reduce((sum, one) => sum + one.length + 1, 0);
      const at = before + Math.max(0, column - 1);
      area.focus();
      area.setSelectionRange(at, at);
    },
  };

  function paint() {
    const lines = area.value.split('\n').length;
    area.rows = Math.max(18, Math.min(34, lines + 1));
    fill(
      numbers,
      Array.from({ length: lines }, (_, i) => make('li', { class: faulty.has(i + 1) ? 'faulty' : '', title: faulty.get(i + 1) }, String(i + 1))),
    );
    numbers.scrollTop = area.scrollTop;
  }
}
