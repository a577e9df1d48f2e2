// @ts-check
// Learning curves: asked for in batches, kept while there is room, and longer by each epoch that is heard of.

/** @typedef {{ trial: number, attempt: number, epochs: number[], values: Record<string, (number | null)[]> }} Curve */

const Most = 600;
const AtOnce = 200;

/** The curves of a sweep's trials that have been looked at. */
export class Curves {
  /** @param {(trials: number[]) => Promise<Curve[]>} load @param {() => void} changed */
  constructor(load, changed) {
    this.load = load;
    this.changed = changed;
    /** @type {Map<number, Curve>} the last that were wanted are the last in it */
    this.known = new Map();
    /** @type {Set<number>} */
    this.asked = new Set();
    this.fault = '';
  }

  /** @param {number} trial @returns {Curve | undefined} */
  of(trial) {
    return this.known.get(trial);
  }

  /** Gets those that aren't known. @param {number[]} trials */
  async want(trials) {
    for (const trial of trials) this.#touch(trial);
    const missing = trials.filter(trial => !this.known.has(trial) && !this.asked.has(trial)).slice(0, AtOnce);
    if (missing.length === 0) return;
    missing.forEach(trial => this.asked.add(trial));
    try {
      for (const curve of await this.load(missing)) this.known.set(curve.trial, curve);
      // Who has none yet is not asked for again until an epoch is heard of.
      for (const trial of missing) if (!this.known.has(trial)) this.known.set(trial, { trial, attempt: 0, epochs: [], values: {} });
      this.fault = '';
    } catch (fault) {
      this.fault = fault instanceof Error ? fault.message : String(fault);
    } finally {
      missing.forEach(trial => this.asked.delete(trial));
      this.#forget();
      this.changed();
    }
  }

  /** @param {{ trial: number, attempt: number, epoch: number, values: Record<string, number | null> }} heard */
  hear({ trial, attempt, epoch, values }) {
    const curve = this.known.get(trial);
    if (!curve) return;
    if (attempt !== curve.attempt) {
      // A later attempt may have gone on from a snapshot: the whole is asked for when it is next wanted.
      this.known.delete(trial);
      this.changed();
      return;
    }
    const at = curve.epochs.indexOf(epoch) < 0 ? curve.epochs.push(epoch) - 1 : curve.epochs.indexOf(epoch);
    for (const [name, value] of Object.entries(values)) (curve.values[name] ??= [])[at] = value;
    this.changed();
  }

  /** The whole is no longer what is known. */
  reset() {
    this.known.clear();
  }

  /** @param {number} trial */
  #touch(trial) {
    const curve = this.known.get(trial);
    if (!curve) return;
    this.known.delete(trial);
    this.known.set(trial, curve);
  }

  #forget() {
    for (const trial of this.known.keys()) {
      if (this.known.size <= Most) return;
      this.known.delete(trial);
    }
  }
}

/**
 * The curves of one configuration as their mean and band, at the epochs that all but those that ended early have.
 * @param {Curve[]} curves
 * @param {string} metric
 */
export function meanOf(curves, metric) {
  const most = Math.max(0, ...curves.map(curve => curve.epochs.length));
  const [epochs, mean, low, high] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([]), /** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let at = 0; at < most; at++) {
    const values = curves.map(curve => curve.values[metric]?.[at]).filter(value => typeof value === 'number');
    if (values.length === 0) continue;
    epochs.push(curves.find(curve => curve.epochs.length > at)?.epochs[at] ?? at + 1);
    mean.push(values.reduce((sum, value) => sum + value, 0) / values.length);
    low.push(Math.min(...values));
    high.push(Math.max(...values));
  }
  return { epochs, mean, low, high };
}
