// @ts-check
// Grey images as canvases.

import { make } from './dom.js';

/**
 * @param {string} pixels bytes of 0 to 255 in base64, row by row
 * @param {string} label for who does not see it
 * @param {{ columns?: number, rows?: number, isSigned?: boolean }} [shape] signed ones are drawn from blue over white to orange, with 128 as nothing
 * @returns {HTMLCanvasElement}
 */
export function picture(pixels, label, { columns = 28, rows = 28, isSigned = false } = {}) {
  const canvas = make('canvas', { class: 'picture', width: columns, height: rows, role: 'img', 'aria-label': label });
  const bytes = atob(pixels);
  const pen = canvas.getContext('2d');
  if (!pen) return canvas;
  const image = pen.createImageData(columns, rows);
  for (let i = 0; i < columns * rows; i++) image.data.set([...(isSigned ? signed : grey)(bytes.charCodeAt(i) || 0), 255], 4 * i);
  pen.putImageData(image, 0, 0);
  return canvas;
}

/** @param {number} value */
const grey = value => [value, value, value];

// Blue and orange of Okabe and Ito, whichever way round one sees them.
/** @param {number} value */
function signed(value) {
  const share = Math.min(1, Math.abs(value - 128) / 127);
  const [red, green, blue] = value < 128 ? [0, 114, 178] : [213, 94, 0];
  return [red, green, blue].map(part => Math.round(255 + share * (part - 255)));
}
