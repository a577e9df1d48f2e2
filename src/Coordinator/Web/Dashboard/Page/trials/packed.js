// @ts-check
// Numbers as the coordinator sends them: a list, or of very many planes of bytes.

/**
 * @typedef {{ size: number, low: number, steps: boolean, places: number | string, data: string }} Packed `data`: base64 of planes of bytes, one behind the
 *   other, the lowest first. Their sum is 0 for no value, else a whole number less `low`, and 1 more; with `steps` each is the difference to the one before
 *   it. `places`: how many of its digits are behind the point, for all or a byte for each
 */

const Tens = Float64Array.from({ length: 64 }, (_, power) => 10 ** power);

/** @param {(number | null)[] | Packed} sent @returns {Float64Array} NaN where there is none */
export function unpacked(sent) {
  if (Array.isArray(sent)) return Float64Array.from(sent, value => value ?? NaN);
  const { size, low, steps, places } = sent;
  const data = bytesOf(sent.data);
  const points = typeof places === 'string' ? bytesOf(places) : null;
  const values = new Float64Array(size);
  for (let plane = size > 0 ? data.length / size - 1 : -1; plane >= 0; plane--)
    for (let at = 0; at < size; at++) values[at] = 256 * values[at] + data[plane * size + at];
  let sum = 0;
  for (let at = 0; at < size; at++) {
    if (values[at] === 0) {
      values[at] = NaN;
      continue;
    }
    const whole = values[at] - 1 + low;
    sum = steps ? sum + whole : whole;
    // Divided, not multiplied by a fraction: 8123 of four places is 0.8123 to the last bit.
    values[at] = sum / Tens[points ? points[at] : Number(places)];
  }
  return values;
}

/** @param {string} text base64 */
function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
