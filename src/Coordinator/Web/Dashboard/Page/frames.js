// @ts-check
// Who paints when. What follows the pointer paints in the frame that comes; the others when that has rested for a moment, one after another and no more in a
// frame than there is time for, so that what is dragged never waits for them.

/** @typedef {{ paint: () => void, urgency: number }} Due the lower, the sooner */

// Of a frame's sixteen milliseconds.
const Room = 9;
const Rest = 60;

/** @type {Set<Due>} */
const due = new Set();
let asked = 0;
let pressed = -Infinity;

/**
 * At most one call in a frame, however often it is asked for; the one thing that draws.
 * @param {() => void} paint
 * @param {number} [urgency] 0: in the frame that comes
 * @returns {{ ask: () => void, stop: () => void }}
 */
export function eachFrame(paint, urgency = 0) {
  const mine = { paint, urgency };
  return {
    ask: () => {
      due.add(mine);
      asked ||= requestAnimationFrame(turn);
    },
    stop: () => due.delete(mine),
  };
}

function turn() {
  asked = 0;
  const began = performance.now();
  const order = [...due].sort((one, other) => one.urgency - other.urgency);
  if (order[0]?.urgency === 0) pressed = began;
  for (const mine of order) {
    if (mine.urgency > 0 && (began - pressed < Rest || (mine !== order[0] && performance.now() - began > Room))) break;
    due.delete(mine);
    mine.paint();
  }
  if (due.size > 0) asked ||= requestAnimationFrame(turn);
}
