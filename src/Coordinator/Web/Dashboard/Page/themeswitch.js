// @ts-check
// The button between light and dark.

import { make } from './dom.js';
import { isDark, startTheme, switchTheme, watchTheme } from './theme.js';

/** Called once, before anything is drawn. */
export function themeSwitch() {
  startTheme();
  const button = make('button', { type: 'button', class: 'quiet', onclick: switchTheme });
  const name = () => {
    button.textContent = isDark() ? '☀' : '☾';
    button.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
    button.title = isDark() ? 'Light' : 'Dark';
  };
  watchTheme(name);
  name();
  return button;
}
