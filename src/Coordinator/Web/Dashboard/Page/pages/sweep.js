// @ts-check
// One sweep.

import { make } from '../dom.js';

/** @param {HTMLElement} container @param {import('../route.js').Route} route @returns {() => void} */
export function show(container, route) {
  container.append(make('h1', null, route.sweep));
  return () => {};
}
