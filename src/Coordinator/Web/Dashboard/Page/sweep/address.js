// @ts-check
// A sweep's view in its address: all that is selected and chosen, so that a link is a view.

import { turn } from '../route.js';
import { brushText, readBrush } from '../trials/selection.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../route.js').Route} Route */

const Own = ['page', 'sweep', 'trial', 'with'];
const Brushed = 'brush.';
// Browsers slow down a page that changes its address at each move of the pointer.
const Wait = 250;

/** @param {Route} route @returns {Map<string, string>} */
export const choicesOf = route => new Map(Object.entries(route).filter(([key]) => !Own.includes(key) && !key.startsWith(Brushed)));

/** @param {Route} route @returns {Set<number>} */
export const comparedOf = route =>
  new Set(
    (route.with ?? '')
      .split(',')
      .map(Number)
      .filter(number => Number.isInteger(number) && number > 0),
  );

/** Brushes of an address, in place of those that there are. @param {View} view @param {Route} route */
export function readBrushes(view, route) {
  const { selection } = view;
  /** @type {Record<string, import('../trials/selection.js').Brush | null>} */
  const brushes = Object.fromEntries([...selection.brushes.keys()].map(name => [name, null]));
  for (const [key, text] of Object.entries(route)) if (key.startsWith(Brushed)) brushes[key.slice(Brushed.length)] = readBrush(text);
  selection.brushAll(brushes);
}

/**
 * Writes the view into the address, a little later than it changes.
 * @param {View} view @param {Set<number>} compared
 * @returns {{ ask: () => void, stop: () => void }}
 */
export function writer(view, compared) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let keys = [...choicesOf(Object.fromEntries(new URLSearchParams(location.search))).keys(), ...[...view.selection.brushes.keys()].map(name => Brushed + name)];
  const write = () => {
    timer = undefined;
    /** @type {Record<string, string>} */
    const state = {
      ...Object.fromEntries(view.choices),
      ...Object.fromEntries([...view.selection.brushes].map(([name, brush]) => [Brushed + name, brushText(brush)])),
    };
    const gone = Object.fromEntries(keys.filter(key => !(key in state)).map(key => [key, '']));
    keys = Object.keys(state);
    turn({ ...gone, ...state, with: [...compared].join(',') });
  };
  return {
    ask: () => {
      timer ??= setTimeout(write, Wait);
    },
    stop: () => clearTimeout(timer),
  };
}
