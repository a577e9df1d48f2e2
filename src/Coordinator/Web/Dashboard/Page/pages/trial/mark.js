// @ts-check
// What a user says of a trial: a star, tags, a note. Kept as it is written.

import { call } from '../../api.js';
import { tell } from '../../dialog.js';
import { fill, make } from '../../dom.js';

/** @typedef {{ star: boolean, note: string, tags: string[] }} Mark */

/**
 * @param {{ sweep: string, number: string }} trial
 * @param {Mark} mark
 * @param {boolean} isReadOnly
 */
export function markPanel({ sweep, number }, mark, isReadOnly) {
  let now = mark;
  const star = make('button', { type: 'button', class: 'star', disabled: isReadOnly, onclick: () => keep({ ...now, star: !now.star }) });
  const tags = make('span', { class: 'row' });
  const tag = make('input', { class: 'tag', maxlength: 40, placeholder: 'Add a tag', 'aria-label': 'Add a tag' });
  const note = make('textarea', { rows: 2, maxlength: 2000, placeholder: 'A note', 'aria-label': 'Note', readonly: isReadOnly, value: now.note });
  tag.addEventListener('keydown', pressed => {
    const text = tag.value.trim();
    if (pressed.key !== 'Enter' || !text) return;
    tag.value = '';
    if (!now.tags.includes(text)) keep({ ...now, tags: [...now.tags, text] });
  });
  note.addEventListener('change', () => keep({ ...now, note: note.value }));
  paint();
  return make(
    'section',
    { class: 'panel mark' },
    make('div', { class: 'row' }, star, tags, isReadOnly ? null : tag),
    isReadOnly && !now.note ? null : note,
    isReadOnly ? make('p', { class: 'small soft' }, 'A store at rest: marks can be seen, not changed.') : null,
  );

  /** @param {Mark} next */
  async function keep(next) {
    const before = now;
    now = next;
    paint();
    try {
      await call('dashboard/mark', { sweep, number }, { method: 'PUT', body: next });
    } catch (fault) {
      now = before;
      paint();
      tell(fault instanceof Error ? fault.message : String(fault), { isFault: true });
    }
  }

  function paint() {
    star.textContent = now.star ? '★' : '☆';
    star.setAttribute('aria-pressed', String(now.star));
    star.setAttribute('aria-label', 'Star');
    fill(
      tags,
      now.tags.map(text =>
        make(
          'span',
          { class: 'chip' },
          text,
          isReadOnly
            ? null
            : make(
                'button',
                { type: 'button', 'aria-label': `Take the tag ${text} away`, onclick: () => keep({ ...now, tags: now.tags.filter(one => one !== text) }) },
                '✕',
              ),
        ),
      ),
    );
  }
}
