// @ts-check
// Colours of values: cividis, from the worst to the best.

import { make } from '../dom.js';
import { colour, isDark } from '../theme.js';

const Steps = 64;
/** @type {{ isDark: boolean, css: string[], pixels: Uint32Array } | null} */
let known = null;

/** The steps from worst to best: as text, and as pixels of an image. */
export function tones() {
  if (known?.isDark === isDark()) return known;
  const stops = Array.from({ length: 8 }, (_, at) => channels(colour(`v${at}`)));
  const mixed = Array.from({ length: Steps }, (_, step) => {
    const place = (step / (Steps - 1)) * 7;
    const [one, other, share] = [stops[Math.floor(place)], stops[Math.ceil(place)], place % 1];
    return one.map((channel, at) => Math.round(channel + share * (other[at] - channel)));
  });
  known = { isDark: isDark(), css: mixed.map(([r, g, b]) => `rgb(${r} ${g} ${b})`), pixels: Uint32Array.from(mixed, pixel) };
  return known;
}

/** @param {number} share from 0, the worst, to 1 @returns {string} */
export const toneOf = share => (Number.isNaN(share) ? colour('faint') : tones().css[stepOf(share)]);

/** @param {number} share @returns {number} which of the tones */
export const stepOf = share => Math.min(Steps - 1, Math.max(0, Math.floor(share * Steps)));

/** Says which end of the colours is the best. */
export const toneKey = () =>
  make(
    'span',
    { class: 'key small soft' },
    'worst',
    make(
      'span',
      { class: 'ramp' },
      Array.from({ length: 8 }, (_, at) => make('i', { style: { background: `var(--v${at})` } })),
    ),
    'best',
  );

/** @param {string} name of a colour of the page @returns {number} opaque, as an image's pixel */
export const pixelOf = name => pixel(channels(colour(name)));

/** @param {string} text @returns {number[]} */
function channels(text) {
  return (text.match(/[\d.]+/g) ?? ['0', '0', '0']).slice(0, 3).map(Number);
}

/** @param {number[]} rgb @returns {number} in the order of bytes that images have */
function pixel([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
