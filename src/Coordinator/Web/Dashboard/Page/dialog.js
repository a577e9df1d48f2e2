// @ts-check
// Questions and notices.

import { find, make } from './dom.js';

/** @typedef {import('./dom.js').Child} Child */

/**
 * Asks before something is done; the page waits behind it. Escape and a click beside it are a no.
 * @param {{ title: string, body: Child | Child[], yes: string, no?: string, isDestructive?: boolean, check?: (data: FormData) => string | null }} question
 *   `body` may hold fields; `check` says what is wrong with them, or null
 * @returns {Promise<FormData | null>} what the fields hold; null at a no
 */
export function ask({ title, body, yes, no = 'Leave it', isDestructive = false, check = () => null }) {
  return new Promise(resolve => {
    const fault = make('p', { class: 'fault', role: 'alert' });
    const form = make(
      'form',
      { method: 'dialog' },
      make('h2', { id: 'question' }, title),
      make('div', { class: 'body' }, body),
      fault,
      make(
        'p',
        { class: 'row end' },
        make('button', { type: 'button', onclick: () => dialog.close(), ...(isDestructive ? { autofocus: true } : {}) }, no),
        make('button', { type: 'submit', class: isDestructive ? 'danger' : 'first' }, yes),
      ),
    );
    const dialog = make('dialog', { 'aria-labelledby': 'question' }, form);
    /** @type {FormData | null} */
    let answer = null;
    form.addEventListener('submit', sent => {
      sent.preventDefault();
      const data = new FormData(form);
      const wrong = check(data);
      fault.textContent = wrong ?? '';
      if (wrong) return;
      answer = data;
      dialog.close();
    });
    dialog.addEventListener('click', clicked => {
      if (clicked.target === dialog) dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * A line that says what was done, or what went wrong; it goes by itself, a fault stays until it is closed.
 * @param {string} text
 * @param {{ isFault?: boolean, action?: { label: string, run: () => void } }} [options]
 */
export function tell(text, { isFault = false, action } = {}) {
  const close = () => {
    clearTimeout(timer);
    notice.remove();
  };
  const notice = make(
    'div',
    { class: isFault ? 'notice bad' : 'notice' },
    make('span', null, text),
    action &&
      make(
        'button',
        {
          type: 'button',
          onclick: () => {
            close();
            action.run();
          },
        },
        action.label,
      ),
    make('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: close }, '✕'),
  );
  const timer = isFault ? 0 : setTimeout(close, 6000);
  const place = find('#notices');
  // One that stays away for a night must not come back to a thousand of them.
  while (place.childElementCount >= 4) place.firstElementChild?.remove();
  place.append(notice);
}

/**
 * A button that copies a text and says so.
 * @param {() => string} text
 * @param {string} [label]
 */
export function copyButton(text, label = 'Copy') {
  const button = make('button', { type: 'button' }, label);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      tell('The browser does not let this page copy: mark the text and copy it by hand.', { isFault: true });
    }
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
  return button;
}

/**
 * A command to type, with a button that copies it.
 * @param {string} text
 */
export const command = text =>
  make(
    'div',
    { class: 'command' },
    make('code', null, text),
    copyButton(() => text),
  );

/**
 * What stands where there is nothing to show: what to do, and the command for it.
 * @param {string} title
 * @param {string} text
 * @param {{ line?: string, more?: Child }} [options]
 */
export const emptyState = (title, text, { line, more } = {}) =>
  make('div', { class: 'empty' }, make('h2', null, title), make('p', null, text), line ? command(line) : null, more);
