// @ts-check
// What is asked for only when a chart that shows it is looked at, and again when it has got old.

/**
 * @template T
 * @param {() => Promise<T>} load
 * @param {() => string} stateOf what it was worked out from: as long as that is the same, it is not old
 * @param {number} freshFor milliseconds for which it isn't asked for again, whatever happens
 * @param {() => void} changed
 * @returns {() => T | null} null until it has come
 */
export function asked(load, stateOf, freshFor, changed) {
  /** @type {T | null} */
  let known = null;
  let [state, at, isAsking] = ['', -Infinity, false];
  return () => {
    const now = stateOf();
    if (isAsking || now === state || performance.now() - at < freshFor) return known;
    [state, at, isAsking] = [now, performance.now(), true];
    load()
      .then(
        found => {
          known = found;
        },
        fault => console.warn(fault.message),
      )
      .finally(() => {
        isAsking = false;
        changed();
      });
    return known;
  };
}
