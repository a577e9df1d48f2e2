// @ts-check
// What lies under the pointer is marked in every chart, and a click opens it.

import { draw } from '../dom.js';

/**
 * @param {import('./surface.js').Surface} surface
 * @param {import('../trials/view.js').View} view
 * @param {(x: number, y: number) => number} find the row of the trial there; -1
 */
export function pointAt(surface, view, find) {
  surface.svg.addEventListener('pointermove', event => {
    const { x, y } = surface.where(event);
    view.selection.point(find(x, y));
  });
  surface.svg.addEventListener('pointerleave', () => view.selection.point(-1));
  surface.svg.addEventListener('click', () => {
    if (view.selection.hot >= 0) view.open(view.selection.hot);
  });
}

/** A trial's line where it is pointed at. @param {string} d its path @returns {SVGElement[]} */
export const hotLine = d => [draw('path', { class: 'hot under', d }), draw('path', { class: 'hot', d })];
