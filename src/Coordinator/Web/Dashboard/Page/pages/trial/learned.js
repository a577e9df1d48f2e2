// @ts-check
// How a trial learned: its last attempt's loss and accuracy after each epoch.

import { make } from '../../dom.js';
import { key } from '../../plot.js';
import { plotCard } from '../../plotcard.js';

/**
 * @typedef {{
 *   epoch: number, train_loss: number | null, train_accuracy: number | null, validation_loss: number | null, validation_accuracy: number | null,
 *   seconds: number
 * }} Epoch
 */

/** @param {{ attempts: { epochs: Epoch[] }[], result: { best_epoch: number } | null }} trial */
export function curvesPanel({ attempts, result }) {
  const epochs = attempts.at(-1)?.epochs ?? [];
  const points = (/** @type {'train_loss' | 'train_accuracy' | 'validation_loss' | 'validation_accuracy'} */ name) =>
    epochs.flatMap(epoch => (epoch[name] === null ? [] : [/** @type {[number, number]} */ ([epoch.epoch, Number(epoch[name])])]));
  const lines = (/** @type {'loss' | 'accuracy'} */ kind) => [
    { label: 'training', tone: 'soft', points: points(`train_${kind}`), isDashed: true },
    { label: 'validation', tone: 'accent', points: points(`validation_${kind}`) },
  ];
  const how = (/** @type {string} */ kind) => `Mean ${kind} of the last attempt’s images: in training while the weights move, in validation after the epoch.`;
  const mark = result ? { x: result.best_epoch, label: 'best epoch' } : undefined;
  return [
    make('header', null, make('h2', null, 'How it learned'), key(lines('loss'))),
    epochs.length
      ? make(
          'div',
          { class: 'pair' },
          plotCard({ key: 'accuracy', title: 'Accuracy after each epoch', x: 'epoch', y: 'accuracy', lines: lines('accuracy'), mark, how: how('accuracy') }),
          plotCard({ key: 'loss', title: 'Loss after each epoch', x: 'epoch', y: 'loss', lines: lines('loss'), mark, how: how('loss') }),
        )
      : make('p', { class: 'soft' }, 'No epoch has ended yet.'),
  ];
}
