// @ts-check
// The box of the condition: it completes names and values, and shows what is wrong under the caret.

import { fill, make } from '../dom.js';
import { complete } from '../trials/completion.js';
import { ConditionFault } from '../trials/tokens.js';
import { vocabularyOf } from '../trials/vocabulary.js';
import { readCondition } from '../trials/where.js';

/** @typedef {import('../trials/view.js').View} View */

/** @param {View} view @param {(text: string) => void} changed with a condition that holds */
export function filterBox(view, changed) {
  const { trials, selection } = view;
  const parameters = [...view.names.parameters.values()];
  /** @type {import('../trials/completion.js').Completion} */
  let offered = { from: 0, words: [] };
  let chosen = -1;
  const input = make('input', {
    type: 'text',
    class: 'mono',
    placeholder: 'optimizer = adam and width > 64',
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    data: { search: '' },
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': 'completions',
    'aria-autocomplete': 'list',
    'aria-label': 'Condition over trials',
    'aria-describedby': 'where-fault',
  });
  const list = make('ul', { id: 'completions', role: 'listbox', 'aria-label': 'What may stand here', class: 'pop completions', hidden: true });
  const fault = make('p', { id: 'where-fault', class: 'fault mono small', role: 'status' });
  const element = make('div', { class: 'filter' }, make('label', null, make('span', { class: 'soft small' }, 'where'), input), list, fault);

  /** @param {string} text @returns {boolean} whether it holds */
  function apply(text) {
    try {
      const holds = text.trim() === '' ? null : readCondition(text, vocabularyOf(trials, parameters));
      selection.ask('where', holds);
      fault.textContent = '';
      input.setAttribute('aria-invalid', 'false');
      return true;
    } catch (wrong) {
      if (!(wrong instanceof ConditionFault)) throw wrong;
      fault.textContent = `${' '.repeat(Math.min(wrong.at, 120))}^ ${wrong.message}`;
      input.setAttribute('aria-invalid', 'true');
      return false;
    }
  }

  function offer() {
    const caret = input.selectionStart ?? input.value.length;
    offered = complete(input.value, caret, vocabularyOf(trials, parameters), name => trials.column(name)?.words ?? []);
    chosen = -1;
    showOffer();
  }

  function showOffer() {
    const isOpen = offered.words.length > 0 && document.activeElement === input;
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    input.setAttribute('aria-activedescendant', chosen >= 0 ? `completion-${chosen}` : '');
    fill(
      list,
      offered.words.map(({ text, meaning }, at) =>
        make(
          'li',
          {
            id: `completion-${at}`,
            role: 'option',
            'aria-selected': String(at === chosen),
            onpointerdown: (/** @type {Event} */ pressed) => {
              pressed.preventDefault();
              take(at);
            },
          },
          make('span', { class: 'mono' }, text),
          make('span', { class: 'soft small' }, meaning),
        ),
      ),
    );
  }

  /** @param {number} at */
  function take(at) {
    const caret = input.selectionStart ?? input.value.length;
    const word = `${offered.words[at].text} `;
    input.value = input.value.slice(0, offered.from) + word + input.value.slice(caret).trimStart();
    input.setSelectionRange(offered.from + word.length, offered.from + word.length);
    typed();
  }

  function typed() {
    offer();
    if (apply(input.value)) changed(input.value.trim());
  }

  input.addEventListener('input', typed);
  input.addEventListener('focus', offer);
  input.addEventListener('blur', showOffer);
  input.addEventListener('keydown', pressed => {
    const many = offered.words.length;
    if (list.hidden && pressed.key === 'Escape') {
      input.blur();
    } else if (!list.hidden && pressed.key === 'Escape') {
      offered = { from: 0, words: [] };
      showOffer();
    } else if (!list.hidden && (pressed.key === 'ArrowDown' || pressed.key === 'ArrowUp')) {
      chosen = (chosen + (pressed.key === 'ArrowDown' ? 1 : many) + (chosen < 0 && pressed.key === 'ArrowUp' ? 1 : 0)) % many;
      showOffer();
    } else if (!list.hidden && (pressed.key === 'Tab' || pressed.key === 'Enter') && (chosen >= 0 || pressed.key === 'Tab')) {
      take(Math.max(0, chosen));
    } else {
      return;
    }
    pressed.preventDefault();
    pressed.stopPropagation();
  });

  return {
    element,
    /** Puts a condition in, as one that an address has. @param {string} text */
    set: text => {
      if (text === input.value.trim()) return;
      input.value = text;
      apply(text);
    },
  };
}
