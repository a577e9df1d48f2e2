// @ts-check
// The names above the axes of the parallel coordinates: what can be done with an axis, by pointer and by keyboard.

import { fill, make } from '../dom.js';
import { menu } from '../menu.js';

/** @typedef {import('./parallel.js').Parallel} Parallel */
/** @typedef {import('./parallel.js').Axis} Axis */

/** The heads of the axes. */
export class AxisHeads {
  /** @param {Parallel} parallel */
  constructor(parallel) {
    this.parallel = parallel;
    this.element = make('div', { class: 'heads', role: 'toolbar', 'aria-label': 'Axes' });
    this.menu = menu('Axes ▾', () => this.choices(), { class: 'quiet small' });
    this.shown = '';
  }

  /** @param {Axis[]} axes */
  place(axes) {
    const { selection, names } = this.parallel.view;
    const shown = axes.map(axis => `${axis.column.name} ${axis.x} ${axis.scale.kind} ${selection.brushes.has(axis.column.name)}`).join();
    if (shown === this.shown) return;
    this.shown = shown;
    const focused = document.activeElement instanceof HTMLElement && this.element.contains(document.activeElement) ? document.activeElement.dataset.axis : null;
    const gap = axes.length > 1 ? axes[1].x - axes[0].x : 120;
    fill(
      this.element,
      axes.map((axis, at) => {
        const { name } = axis.column;
        const isBrushed = selection.brushes.has(name);
        const button = make(
          'button',
          {
            type: 'button',
            class: isBrushed ? 'head brushed' : 'head',
            data: { axis: name },
            title: [
              names.meaning(name),
              'Drag to move it. By keyboard: up and down brush, shift widens, delete clears, left and right move it, h hides it, l turns log on or off.',
            ]
              .filter(Boolean)
              .join('\n'),
            'aria-label': `${gap < 110 ? names.label(name) : names.axis(name)}${axis.scale.kind === 'log' ? ' log' : ''}${isBrushed ? ', brushed' : ''}`,
            style: { left: `${axis.x}px`, width: `${Math.min(160, gap + 4)}px` },
            onkeydown: (/** @type {KeyboardEvent} */ pressed) => this.key(axis, at, pressed),
            onpointerdown: (/** @type {PointerEvent} */ pressed) => this.drag(button, name, pressed),
          },
          make('span', null, gap < 110 ? names.label(name) : names.axis(name)),
          axis.scale.kind === 'log' ? make('small', null, ' log') : null,
        );
        return button;
      }),
    );
    if (focused) this.focus(focused);
  }

  /** @param {string} name */
  focus(name) {
    const heads = /** @type {HTMLElement[]} */ ([...this.element.children]);
    heads.find(head => head.dataset.axis === name)?.focus();
  }

  /** @param {Axis} axis @param {number} at @param {KeyboardEvent} pressed */
  key(axis, at, pressed) {
    const { parallel } = this;
    const { name } = axis.column;
    const act = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => this.move(name, at - 1),
      ArrowRight: () => this.move(name, at + 1),
      ArrowUp: () => parallel.brush.shift(axis, 1, pressed.shiftKey),
      ArrowDown: () => parallel.brush.shift(axis, -1, pressed.shiftKey),
      Delete: () => parallel.setBrush(name, null),
      Backspace: () => parallel.setBrush(name, null),
      h: () => this.hide(name),
      l: () => this.turnLog(axis),
    })[pressed.key];
    if (!act || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    act();
  }

  /** @param {string} name @param {number} to */
  move(name, to) {
    const rest = this.parallel.names.filter(other => other !== name);
    if (to < 0 || to > rest.length) return;
    this.parallel.choose([...rest.slice(0, to), name, ...rest.slice(to)]);
  }

  /** @param {string} name */
  hide(name) {
    const rest = this.parallel.names.filter(other => other !== name);
    if (rest.length > 1) this.parallel.choose(rest);
  }

  /** @param {Axis} axis */
  turnLog(axis) {
    if (axis.column.isWords || axis.scale.kind === 'steps') return;
    this.parallel.view.choose(`log.${axis.column.name}`, axis.scale.kind === 'log' ? 'no' : 'yes');
  }

  /** @param {HTMLElement} head @param {string} name @param {PointerEvent} pressed */
  drag(head, name, pressed) {
    if (pressed.button !== 0) return;
    head.setPointerCapture(pressed.pointerId);
    const ended = new AbortController();
    const { signal } = ended;
    let moved = 0;
    head.addEventListener(
      'pointermove',
      event => {
        moved = event.clientX - pressed.clientX;
        head.style.transform = `translate(calc(-50% + ${moved}px))`;
      },
      { signal },
    );
    const end = () => {
      ended.abort();
      head.style.transform = '';
      if (Math.abs(moved) < 8) return;
      const { axes } = this.parallel;
      const x = moved + (axes.find(axis => axis.column.name === name)?.x ?? 0);
      this.move(name, axes.filter(axis => axis.column.name !== name && axis.x < x).length);
    };
    head.addEventListener('pointerup', end, { signal });
    head.addEventListener('pointercancel', end, { signal });
  }

  choices() {
    const { parallel } = this;
    const shown = new Set(parallel.names);
    return [
      ...parallel.candidates.map(({ name }) =>
        make(
          'label',
          null,
          make('input', {
            type: 'checkbox',
            checked: shown.has(name),
            onchange: (/** @type {Event} */ changed) =>
              /** @type {HTMLInputElement} */ (changed.target).checked ? parallel.choose([...parallel.names, name]) : this.hide(name),
          }),
          parallel.view.names.label(name),
        ),
      ),
      make('button', { type: 'button', onclick: () => parallel.choose([]) }, 'As at the beginning'),
    ];
  }
}
