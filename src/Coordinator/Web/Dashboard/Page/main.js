// @ts-check
// The frame: where one can go, how the line stands, and the page that the address names.

import { onToken, Problem, useToken } from './api.js';
import { ask, emptyState, tell } from './dialog.js';
import { fill, find, make } from './dom.js';
import { watchLink } from './events.js';
import { show as showCompare } from './pages/compare.js';
import { show as showData } from './pages/data.js';
import { show as showNew } from './pages/new.js';
import { show as showNodes } from './pages/nodes.js';
import { show as showSweep } from './pages/sweep.js';
import { show as showSweeps } from './pages/sweeps.js';
import { show as showTrial } from './pages/trial.js';
import { follow, go, href, isSamePage, route, watch } from './route.js';
import { themeSwitch } from './themeswitch.js';

/** @typedef {import('./route.js').Route} Route */
/** @typedef {(container: HTMLElement, route: Route) => (() => void) | Promise<() => void>} Show */

/** @type {Record<string, { title: string, inMenu?: string, draw: Show }>} */
const Pages = {
  sweeps: { title: 'Sweeps', inMenu: 'Sweeps', draw: showSweeps },
  sweep: { title: 'Sweep', draw: showSweep },
  trial: { title: 'Trial', draw: showTrial },
  compare: { title: 'Compare', draw: showCompare },
  nodes: { title: 'Nodes', inMenu: 'Nodes', draw: showNodes },
  data: { title: 'Data', inMenu: 'Data', draw: showData },
  new: { title: 'New sweep', inMenu: 'New sweep', draw: showNew },
};

/** @type {Route | null} */
let shown = null;
let dispose = () => {};

const main = find('#main');
const menu = make('nav', { 'aria-label': 'Pages' });
const line = make('span', { class: 'link', role: 'status' });
const turn = themeSwitch();

follow();
watchLink(showLink);
watch(show);
onToken(askToken);
fill(
  find('#top'),
  make('a', { class: 'brand', href: href({ page: 'sweeps' }) }, make('img', { src: 'assets/icon.svg', alt: '', width: 20, height: 20 }), 'FashionSweep'),
  menu,
  line,
  turn,
);
show(route());

/** @param {Route} next */
async function show(next) {
  if (shown && isSamePage(shown, next)) return;
  shown = next;
  dispose();
  dispose = () => {};
  const page = Pages[next.page];
  document.title = [next.trial && `Trial ${next.trial}`, next.sweep ?? page?.title, 'FashionSweep'].filter(Boolean).join(' · ');
  showMenu(next.page);
  line.hidden = true;
  const container = make('div', { class: `page ${page ? next.page : ''}` });
  fill(main, container);
  scrollTo(0, 0);
  if (!page) {
    fill(
      container,
      emptyState('There is no such page', 'The address may have been cut off.', { more: make('a', { href: href({ page: 'sweeps' }) }, 'All sweeps') }),
    );
    return;
  }
  try {
    const end = await page.draw(container, next);
    // Who was faster than the page has left it already.
    if (shown === next) dispose = end;
    else end();
  } catch (fault) {
    if (shown === next) showFault(container, fault);
  }
}

/** @param {HTMLElement} container @param {unknown} fault */
function showFault(container, fault) {
  if (!(fault instanceof Problem)) console.error(fault);
  const again = make('button', { type: 'button', onclick: showAgain }, 'Try again');
  const text = fault instanceof Error ? fault.message : String(fault);
  if (fault instanceof Problem && fault.status === 401)
    fill(container, emptyState('A token is needed', 'This coordinator shows nothing without it.', { more: again }));
  else if (fault instanceof Problem && fault.status === 0)
    fill(container, emptyState('Nobody answers', text, { line: './fsweep dashboard --store .fsweep', more: again }));
  else fill(container, emptyState('This can’t be shown', text, { more: again }));
}

function showAgain() {
  shown = null;
  show(route());
}

/** @param {string} page */
function showMenu(page) {
  const inside = { sweep: 'sweeps', trial: 'sweeps', compare: 'sweeps' }[page] ?? page;
  fill(
    menu,
    Object.entries(Pages)
      .filter(([, known]) => known.inMenu)
      .map(([name, known]) => make('a', { href: href({ page: name }), 'aria-current': name === inside ? 'page' : null }, known.inMenu)),
  );
}

/** @param {import('./events.js').Link} link */
function showLink(link) {
  line.hidden = link === 'connecting';
  line.className = `link ${link}`;
  line.title = link === 'live' ? 'What happens is shown as it happens' : 'Asked again every few seconds; nothing needs to be loaded again';
  line.textContent = link === 'live' ? '● live' : '○ the coordinator is away, waiting for it';
}

let isAsking = false;

async function askToken() {
  if (isAsking) return;
  isAsking = true;
  const answer = await ask({
    title: 'This coordinator asks for its token',
    body: make('label', null, 'Token', make('input', { name: 'token', type: 'password', autocomplete: 'off', required: true, autofocus: true })),
    yes: 'Use it',
    no: 'Not now',
  });
  isAsking = false;
  const token = answer?.get('token');
  if (typeof token !== 'string') return;
  useToken(token);
  showAgain();
}

// What a page never expected is said, not hidden.
addEventListener('unhandledrejection', event => {
  if (event.reason?.name === 'AbortError') return;
  // What the coordinator turned down, or did not answer, is no fault of the page: it is said below, and not in the console as well.
  if (event.reason instanceof Problem) event.preventDefault();
  tell(event.reason instanceof Problem ? event.reason.message : `Something went wrong: ${event.reason?.message ?? event.reason}`, { isFault: true });
});

// A slash goes to the page's filter, as elsewhere on the web.
addEventListener('keydown', pressed => {
  const inField = pressed.target instanceof Element && pressed.target.closest('input, textarea, select, [contenteditable]');
  if (inField || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  if (pressed.key === '/') {
    const field = document.querySelector('[data-search]');
    if (field instanceof HTMLElement) {
      pressed.preventDefault();
      field.focus();
    }
  } else if (pressed.key === 'g') go({ page: 'sweeps' });
});
