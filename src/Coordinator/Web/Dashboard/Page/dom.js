// @ts-check
// Elements out of values. Text is only ever text: nothing here reads markup.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, unknown>} Attributes */

const Drawn = 'http://www.w3.org/2000/svg';

/**
 * An element of HTML. `class` and what is no property is an attribute, `onclick` and the like a listener, `style` an object of properties,
 * `data` an object of data attributes; null, undefined and false are left out, true is an attribute without a value.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  dress(element, attributes ?? {});
  element.append(...shown(children));
  return element;
}

/**
 * A table of one row of heads and what lies under it.
 * @param {Attributes | null} attributes
 * @param {(Child | Child[])[]} heads its cells
 * @param {(Child | Child[])} rows
 */
export const makeTable = (attributes, heads, rows) => make('table', attributes, make('thead', null, make('tr', null, ...heads)), make('tbody', null, rows));

/**
 * The same of SVG.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function draw(tag, attributes, ...children) {
  const element = document.createElementNS(Drawn, tag);
  dress(element, attributes ?? {});
  element.append(...shown(children));
  return element;
}

/**
 * @param {Element} parent
 * @param {...(Child | Child[])} children instead of what is in it
 */
export function fill(parent, ...children) {
  parent.replaceChildren(...shown(children));
}

/**
 * The first that fits; it has to be there.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function find(selector, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`nothing is ${selector}`);
  return found;
}

/** @param {HTMLElement | SVGElement} element @param {Attributes} attributes */
function dress(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'style') Object.entries(/** @type {Record<string, string>} */ (value)).forEach(([property, text]) => setStyle(element, property, text));
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === 'value' && 'value' in element) element.value = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** @param {HTMLElement | SVGElement} element @param {string} property of CSS, with hyphens, or `--own` @param {string} text */
const setStyle = (element, property, text) => element.style.setProperty(property, text);

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
const shown = children =>
  children
    .flat()
    .filter(child => child !== null && child !== undefined && child !== false)
    .map(child => (child instanceof Node ? child : String(child)));
