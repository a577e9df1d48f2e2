// @ts-check
// The leaderboard: as many rows as are seen, in an order that was sorted before.

import { fill, make } from '../dom.js';
import { eachFrame } from '../frames.js';
import { BoardRow, isNumber, widthOf } from './boardrow.js';
import { columnsMenu } from './columnsmenu.js';

/** @typedef {import('../trials/view.js').View} View */
/** @typedef {import('../trials/columns.js').Column} Column */
/**
 * @typedef {{ compared: Set<number>, onCompare: () => void, onStar: (row: number) => void, canMark: boolean }} Acts what can be done with a row; trials by
 *   number
 */

const [Row, Before] = [30, 4];
// Of the star and the box before a row.
const Tools = 68;
const Fixed = ['rank', 'number', 'state'];

/** The leaderboard of a view. */
export class Board {
  /** @param {View} view @param {Acts | null} acts null: it is only to be looked at */
  constructor(view, acts) {
    this.view = view;
    this.acts = acts;
    /** Rows that are shown, in their order. @type {Int32Array} */
    this.rows = new Int32Array(0);
    this.key = '';
    /** The row that keys act on. */
    this.active = -1;
    this.head = make('tr', { 'aria-rowindex': 1 });
    this.body = make('tbody');
    /** The rows that are seen, and what is above and below them. @type {BoardRow[]} */
    this.lines = [];
    this.lineKey = '';
    this.above = make('tr', { class: 'gap', 'aria-hidden': 'true' });
    this.below = make('tr', { class: 'gap', 'aria-hidden': 'true' });
    this.none = make('p', { class: 'none soft', hidden: true });
    this.widths = make('colgroup');
    this.table = make('table', { 'aria-label': 'Trials', class: 'board' }, this.widths, make('thead', null, this.head), this.body);
    this.scroller = make(
      'div',
      {
        class: 'scroller wide',
        tabindex: 0,
        role: 'region',
        'aria-label': acts ? 'Trials. j and k move, Enter opens, x compares, s stars.' : 'Trials. j and k move.',
      },
      this.table,
      this.none,
    );
    this.columnsMenu = columnsMenu(view);
    this.element = make('section', { class: 'panel leaderboard', 'aria-label': 'Leaderboard' }, this.scroller);
    this.frames = eachFrame(() => this.paint());
    // Asked for at a brush, these would have the whole page laid out.
    this.tall = 0;
    this.scrolled = 0;
    const scrolled = () => {
      this.scrolled = this.scroller.scrollTop;
      this.frames.ask();
    };
    this.scroller.addEventListener('scroll', scrolled, { passive: true });
    this.scroller.addEventListener('keydown', pressed => this.keyed(pressed));
    this.body.addEventListener('pointerover', event => view.selection.point(this.rowAt(event)));
    this.body.addEventListener('pointerleave', () => view.selection.point(-1));
    this.body.addEventListener('click', clicked => this.clicked(clicked));
    this.sized = new ResizeObserver(() => {
      this.tall = this.scroller.clientHeight;
      this.frames.ask();
    });
    this.sized.observe(this.scroller);
    this.ends = [view.watch(() => this.frames.ask()), view.selection.watchHot(() => this.markHot())];
  }

  get sort() {
    const text = this.view.choice('sort');
    return { name: text.replace(/^-/, '') || 'rank', isDown: text.startsWith('-') };
  }

  /** What is shown of each trial. @returns {Column[]} */
  get columns() {
    const { view } = this;
    const own = (/** @type {string} */ name) => view.trials.own(name);
    const metrics = view.metrics;
    const chosen = view.choice('columns');
    const all = [...metrics.filter(({ name }) => name !== 'seconds'), ...view.parameters, ...['epochs_run', 'best_epoch', 'took', 'node', 'attempt'].map(own)];
    if (chosen && chosen !== 'all') return [...Fixed.map(own), ...all.filter(column => chosen.split(',').includes(column.name))];
    if (chosen === 'all') return [...Fixed.map(own), ...all];
    const test = metrics.find(({ name }) => name === view.names.metric.replace(/^validation_/, 'test_'));
    return [...Fixed.map(own), view.metric, ...(test ? [test] : []), ...view.parameters.filter(column => this.differs(column)), own('epochs_run'), own('took')];
  }

  /** @param {Column} column @returns {boolean} whether those that are shown are not all alike in it */
  differs(column) {
    const { values } = column;
    if (this.rows.length < 2) return true;
    const first = values[this.rows[0]];
    for (let at = 1; at < this.rows.length; at++)
      if (values[this.rows[at]] !== first && !(Number.isNaN(first) && Number.isNaN(values[this.rows[at]]))) return true;
    return false;
  }

  paint() {
    const { view } = this;
    const { selection, trials } = view;
    const { name, isDown } = this.sort;
    const key = `${selection.version} ${trials.version} ${name} ${isDown}`;
    if (key !== this.key) {
      this.rows = view.ordered(name, isDown);
      this.key = key;
    }
    const columns = this.columns;
    this.paintHead(columns);
    const room = Math.max(1, Math.ceil(this.tall / Row));
    const start = Math.min(Math.max(0, this.rows.length - room), Math.max(0, Math.floor(this.scrolled / Row) - Before));
    const end = Math.min(this.rows.length, start + room + 2 * Before);
    this.showRows(start, end, columns);
    this.table.setAttribute('aria-rowcount', String(this.rows.length + 1));
  }

  // Rows stay in the page, and say another trial: to make and lay out new ones is what a brush would cost most.
  /** @param {number} start @param {number} end @param {Column[]} columns */
  showRows(start, end, columns) {
    const key = columns.map(column => column.name).join();
    if (key !== this.lineKey) this.lines = [];
    this.lineKey = key;
    const many = Math.max(0, end - start);
    while (this.lines.length < many) this.lines.push(new BoardRow(columns, this.acts));
    if (this.lines.length > many) this.lines.length = many;
    this.lines.forEach((line, at) => line.show(this.view, this.acts, this.rows[start + at], start + at, this.active));
    this.above.style.height = `${start * Row}px`;
    this.below.style.height = `${(this.rows.length - start - many) * Row}px`;
    this.none.textContent = this.view.trials.size === 0 ? 'No trial has started yet.' : 'No trial fits: take a brush or the condition away.';
    this.none.hidden = many > 0;
    if (this.body.childElementCount !== many + 2 || this.body.children[1] !== this.lines[0]?.element)
      fill(
        this.body,
        this.above,
        this.lines.map(line => line.element),
        this.below,
      );
  }

  /** @param {Column[]} columns */
  paintHead(columns) {
    const { name, isDown } = this.sort;
    const key = `${columns.map(column => column.name)} ${name} ${isDown}`;
    if (this.head.dataset.key === key) return;
    this.head.dataset.key = key;
    const { view } = this;
    const { names } = view;
    const widths = columns.map(column => widthOf(view, column));
    const tools = this.acts ? [Tools] : [];
    fill(
      this.widths,
      [...tools, ...widths].map(width => make('col', { style: { width: `${width}px` } })),
    );
    this.table.style.minWidth = `${[...tools, ...widths].reduce((sum, width) => sum + width, 0)}px`;
    fill(
      this.head,
      this.acts ? make('th', { class: 'tools' }, make('span', { class: 'unseen' }, 'star and compare')) : null,
      columns.map(column => {
        const isSorted = column.name === name;
        const next = isSorted
          ? isDown
            ? ''
            : `-${column.name}`
          : names.isHighFirst(column.name) && column.part === 'metric'
            ? `-${column.name}`
            : column.name;
        return make(
          'th',
          { scope: 'col', class: isNumber(column) ? 'number' : null, 'aria-sort': isSorted ? (isDown ? 'descending' : 'ascending') : null },
          make(
            'button',
            { type: 'button', title: names.meaning(column.name) || null, onclick: () => this.view.choose('sort', next === 'rank' ? '' : next) },
            names.axis(column.name),
            isSorted ? (isDown ? ' ↓' : ' ↑') : '',
          ),
        );
      }),
    );
  }

  markHot() {
    const { hot } = this.view.selection;
    for (const line of this.body.children) if (line instanceof HTMLElement) line.classList.toggle('hot', line.dataset.row === String(hot));
  }

  /** @param {Event} event @returns {number} */
  rowAt(event) {
    const line = event.target instanceof Element ? event.target.closest('tr') : null;
    return line?.dataset.row === undefined ? -1 : Number(line.dataset.row);
  }

  /** @param {MouseEvent} clicked */
  clicked(clicked) {
    const row = this.rowAt(clicked);
    const target = /** @type {Element} */ (clicked.target);
    if (row < 0) return;
    const act = target.closest('[data-act]');
    this.active = row;
    if (act instanceof HTMLElement && act.dataset.act === 'star') this.acts?.onStar(row);
    else if (act || clicked.shiftKey) {
      if (!act) clicked.preventDefault();
      this.compare(row);
    } else if (!target.closest('a')) this.view.open(row);
  }

  /** @param {number} row */
  compare(row) {
    if (!this.acts) return;
    const number = this.view.trials.numberOf(row);
    if (!this.acts.compared.delete(number)) this.acts.compared.add(number);
    this.acts.onCompare();
    this.frames.ask();
  }

  /** @param {KeyboardEvent} pressed */
  keyed(pressed) {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || this.rows.length === 0) return;
    const at = this.rows.indexOf(this.active);
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / Row) - 2);
    const to = /** @type {Record<string, number>} */ ({
      j: at + 1,
      ArrowDown: at + 1,
      k: at - 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.rows.length - 1,
    })[pressed.key];
    if (to !== undefined) this.move(Math.min(this.rows.length - 1, Math.max(0, to)));
    else if (at >= 0 && pressed.key === 'Enter' && pressed.target === this.scroller) this.view.open(this.active);
    else if (at >= 0 && pressed.key === 'x') this.compare(this.active);
    else if (at >= 0 && pressed.key === 's' && this.acts?.canMark) this.acts.onStar(this.active);
    else return;
    pressed.preventDefault();
  }

  /** @param {number} at */
  move(at) {
    this.active = this.rows[at];
    const [top, height] = [at * Row, this.scroller.clientHeight - Row];
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + Row > this.scroller.scrollTop + height) this.scroller.scrollTop = top + Row - height;
    this.view.selection.point(this.active);
    this.frames.ask();
  }

  stop() {
    this.frames.stop();
    this.sized.disconnect();
    this.ends.forEach(end => end());
  }
}
