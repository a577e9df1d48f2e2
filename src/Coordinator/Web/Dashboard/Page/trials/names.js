// @ts-check
// How values are called, written and scaled: as the sweep describes them.

import { count, duration, figure, plain, words } from '../format.js';

/** @typedef {import('./columns.js').Column} Column */
/**
 * @typedef {{ name: string, kind: 'number' | 'whole' | 'word', log: boolean, words: string[] | null, low: number | null, high: number | null, meaning:
 *   string, unit: string | null }} Parameter
 */
/** @typedef {{ name: string, label: string, goal: 'maximize' | 'minimize' | null, unit: string | null, digits: number }} Metric */
/**
 * @typedef {{ name: string, state: string, total: number, finished: number, running: number, failed: number, pruned: number, diverged?: number,
 *   metric: { name: string, goal: 'maximize' | 'minimize' }, objectives?: { name: string, goal: 'maximize' | 'minimize' }[],
 *   best: { trial: number, value: number } | null, started_at: string | null, ended_at: string | null,
 *   seconds_left: number | null, nodes: number, slots: number, can: string[], reason?: string | null, end?: string | null }} Entry of a sweep, as it changes
 */
/**
 * @typedef {Entry & { file: string | null, method: string, seed: number, repeats: number, epochs?: number, rungs?: number[], pruner?: string | null,
 *   parameters: Parameter[], metrics: Metric[], changes: { at: string, text: string }[], first_place: string | null,
 *   resume: string, fault?: string | null }} Sweep
 */

const Own = /** @type {Record<string, { label: string, text?: (value: number) => string }>} */ ({
  number: { label: 'trial', text: String },
  rank: { label: 'place', text: count },
  epochs_run: { label: 'epochs', text: count },
  best_epoch: { label: 'best epoch', text: count },
  attempt: { label: 'attempt', text: count },
  repeat: { label: 'repeat', text: count },
  configuration: { label: 'configuration', text: count },
  started_at: { label: 'started after', text: duration },
  ended: { label: 'ended after' },
  took: { label: 'took', text: duration },
  seconds: { label: 'training time', text: duration },
  parameter_count: { label: 'weights', text: count },
});

// What may well span decades; places, numbers and times since the start are counted evenly.
const Sizes = ['took', 'seconds', 'parameter_count'];

/** @param {any} sent as the coordinator sends it: how it stands, and beside it what doesn't change so often @returns {Sweep} */
export const sweepOf = ({ sweep, ...rest }) => ({ ...rest, ...sweep });

/** What a sweep says of its values. */
export class Names {
  /** @param {Sweep} sweep */
  constructor(sweep) {
    this.metric = sweep.metric.name;
    this.isMaximized = sweep.metric.goal === 'maximize';
    /** @type {Map<string, 'maximize' | 'minimize'>} what the sweep looks for, its metric first */
    this.objectives = new Map((sweep.objectives ?? [sweep.metric]).map(({ name, goal }) => [name, goal]));
    /** @type {Map<string, Parameter>} */
    this.parameters = new Map(sweep.parameters.map(parameter => [parameter.name, parameter]));
    /** @type {Map<string, Metric>} */
    this.metrics = new Map(sweep.metrics.map(metric => [metric.name, metric]));
  }

  /** @param {string} name */
  label(name) {
    return this.metrics.get(name)?.label ?? Own[name]?.label ?? words(name);
  }

  /** @param {string} name @returns {string} the label with its unit */
  axis(name) {
    const unit = this.metrics.get(name)?.unit ?? this.parameters.get(name)?.unit;
    // Durations say theirs at each value.
    return unit && !Own[name] ? `${this.label(name)} (${unit})` : this.label(name);
  }

  /** @param {string} name */
  meaning(name) {
    return this.parameters.get(name)?.meaning ?? '';
  }

  /** @param {Column} column @param {number} value @returns {string} as it is read; a word for its code */
  text(column, value) {
    if (Number.isNaN(value)) return '';
    if (column.isWords) return column.words[value] ?? '';
    if (column.part === 'metric' && !Own[column.name]) return figure(value, this.metrics.get(column.name)?.digits ?? 4);
    return column.part === 'parameter' ? plain(value) : (Own[column.name]?.text?.(value) ?? plain(value));
  }

  /** @param {Column} column @param {number} value @returns {string} as it stands at an axis, which has few digits */
  tick(column, value) {
    if (column.isWords || Own[column.name]) return this.text(column, value);
    return plain(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
  }

  /** @param {string} name of a metric @returns {boolean} whether more of it is better */
  isHighFirst(name) {
    const goal = this.objectives.get(name) ?? this.metrics.get(name)?.goal ?? (name.endsWith('_accuracy') ? 'maximize' : 'minimize');
    return goal === 'maximize';
  }

  /** @param {string} name @returns {boolean | null} null: as its values ask for */
  isLog(name) {
    return this.parameters.get(name)?.log ?? (Own[name] && !Sizes.includes(name) ? false : null);
  }
}
