// @ts-check
// Numbers as the coordinator sends them: a list, or of very many planes of bytes.

/**
 * @typedef {{ size: number, low: number, steps: boolean, places: number | string, data: string }} Packed `data`: base64 of planes of bytes, one behind the
 *   other, the lowest first. Their sum is 0 for no value, else a whole number less `low`, and 1 more; with `steps` each is the difference to the one before
 *   it. `places`: how many of its digits are behind the point, for all or a byte for each
 */

const Tens = Float64Array.from({ length: 64 }, (_, power) => 10 ** power);

/** @param {(number | null)[] | Packed} sent @returns {Float64Array<ArrayBuffer>} NaN where there is none */
export function unpacked(sent) {
  if (Array.isArray(sent)) return Float64Array.from(sent, value => value ?? NaN);
  const { size, low, steps, places } = sent;
  const data = bytesOf(sent.data);
  const points = typeof places === 'string' ? bytesOf(places) : null;
  const planes = size > 0 ? data.length / size : 0;
  const ten = points ? 1 : Tens[Number(places)];
  const values = new Float64Array(size);
  let sum = 0;
  for (let at = 0; at < size; at++) {
    let whole = 0;
    for (let place = (planes - 1) * size + at; place >= 0; place -= size) whole = 256 * whole + data[place];
    if (whole === 0) {
      values[at] = NaN;
      continue;
    }
    sum = (steps ? sum : 0) + whole - 1 + low;
    // Divided, not multiplied by a fraction: 8123 of four places is 0.8123 to the last bit.
    values[at] = sum / (points ? Tens[points[at]] : ten);
  }
  return values;
}

/** @param {string} text base64 */
function bytesOf(text) {
  if ('fromBase64' in Uint8Array) return /** @type {{ fromBase64: (text: string) => Uint8Array }} */ (/** @type {unknown} */ (Uint8Array)).fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
