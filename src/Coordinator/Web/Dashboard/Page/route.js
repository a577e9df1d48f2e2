// @ts-check
// Where one is: page and all of its state stand in the address, so that a link is a view.

/** @typedef {Readonly<Record<string, string>>} Route `page` is always there; the rest is the page's own. */

// A change of one of these is another page; of any other it is another view of the same.
const Identity = ['page', 'sweep', 'trial'];

/** @type {Set<(route: Route) => void>} */
const watchers = new Set();

/** @returns {Route} */
export function route() {
  const stated = Object.fromEntries(new URLSearchParams(location.search));
  return { ...stated, page: stated.page || 'sweeps' };
}

/** @param {Route} one @param {Route} other @returns {boolean} whether the page stays */
export const isSamePage = (one, other) => Identity.every(key => one[key] === other[key]);

/**
 * The address of a view; empty values are left out.
 * @param {Record<string, string | number | null | undefined>} state
 */
export function href(state) {
  const stated = Object.entries(state).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return `?${new URLSearchParams(stated.map(([key, value]) => [key, String(value)]))}`;
}

/** Goes to another page, which a step back undoes. @param {Record<string, string | number | null | undefined>} state */
export const go = state => move(href(state), false);

/**
 * Changes the view of this page.
 * @param {Record<string, string | number | null | undefined>} changes of the state; empty takes away
 * @param {{ step?: boolean }} [options] with a step, the way back leads to the view before
 */
export const turn = (changes, options = {}) => move(href({ ...route(), ...changes }), !options.step);

/**
 * Calls at each change of the address.
 * @param {(route: Route) => void} watcher
 * @returns {() => void} ends it
 */
export function watch(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Links of this page lead there without loading it again. Called once. */
export function follow() {
  addEventListener('popstate', tell);
  document.addEventListener('click', clicked => {
    const link = clicked.target instanceof Element ? clicked.target.closest('a') : null;
    const isPlain = clicked.button === 0 && !clicked.ctrlKey && !clicked.metaKey && !clicked.shiftKey && !clicked.altKey;
    if (!link || !isPlain || clicked.defaultPrevented || link.target || link.hasAttribute('download')) return;
    const [from, to] = [new URL(location.href), new URL(link.href)];
    if (to.origin !== from.origin || to.pathname !== from.pathname || (to.hash && to.search === from.search)) return;
    clicked.preventDefault();
    move(to.search || '?', false);
  });
}

/** @param {string} address @param {boolean} replace */
function move(address, replace) {
  if (address === location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  tell();
}

const tell = () => {
  const now = route();
  for (const watcher of [...watchers]) watcher(now);
};
