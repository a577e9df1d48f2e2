// @ts-check
// Light and dark: the system's, until one is chosen. Canvases read their colours here.

const Key = 'fashionsweep.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** @type {Set<() => void>} */
const watchers = new Set();

/** @type {Map<string, string>} */
let read = new Map();

/** @returns {boolean} */
export const isDark = () => (document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : dark.matches);

/** Whether things may move. */
export const mayMove = () => !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The other of light and dark, remembered on this machine; the system's own choice is remembered by forgetting. */
export function switchTheme() {
  const chosen = isDark() ? 'light' : 'dark';
  const isSystems = (chosen === 'dark') === dark.matches;
  put(isSystems ? null : chosen);
  tell();
}

/** Called once, before anything is drawn. */
export function startTheme() {
  const chosen = memory()?.getItem(Key);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  dark.addEventListener('change', tell);
}

/**
 * Calls when colours have changed.
 * @param {() => void} watcher
 * @returns {() => void} ends it
 */
export function watchTheme(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/**
 * A colour of the page, as a canvas takes it.
 * @param {string} name of the property, without its two hyphens
 * @returns {string}
 */
export function colour(name) {
  const known = read.get(name);
  if (known) return known;
  // Worked out by a real element: a property holds its text, and canvases know no light-dark().
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  read.set(name, value);
  return value;
}

// A file that is looked at inside another program may have none.
function memory() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** @param {string | null} chosen */
function put(chosen) {
  if (chosen) {
    document.documentElement.dataset.theme = chosen;
    memory()?.setItem(Key, chosen);
  } else {
    delete document.documentElement.dataset.theme;
    memory()?.removeItem(Key);
  }
}

function tell() {
  read = new Map();
  for (const watcher of [...watchers]) watcher();
}
