(() => {
  const root = document.documentElement, all = selector => [...document.querySelectorAll(selector)];
  // One trial is marked wherever it stands.
  let hot = null, pinned = null;
  const mark = trial => {
    if (trial === hot) return;
    all('.hot').forEach(element => element.classList.remove('hot'));
    hot = trial;
    if (trial === null) return;
    all('[data-t="' + trial + '"]').forEach(element => {
      element.classList.add('hot');
      // Above the others of its picture.
      if (element.ownerSVGElement && element.matches(':not(:last-child)')) element.parentNode.append(element);
    });
  };
  const trialOf = event => event.target.closest ? event.target.closest('[data-t]')?.dataset.t ?? null : null;
  document.addEventListener('mouseover', event => mark(trialOf(event) ?? pinned));
  document.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button?.dataset.copy !== undefined) copy(button);
    else if (button?.dataset.sort !== undefined) sort(button);
    else if (button?.id === 'theme') turn();
    else if (trialOf(event) !== null) mark(pinned = pinned === trialOf(event) ? null : trialOf(event));
  });
  const copy = button => {
    const text = button.parentNode.querySelector('pre').textContent;
    const done = () => { button.textContent = 'Copied'; setTimeout(() => { button.textContent = 'Copy'; }, 1500); };
    // Pages from disk may have no clipboard: then what is to be copied is selected.
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => getSelection().selectAllChildren(button.parentNode.querySelector('pre')));
    else getSelection().selectAllChildren(button.parentNode.querySelector('pre'));
  };
  const sort = button => {
    const head = button.closest('th'), body = head.closest('table').tBodies[0];
    const column = [...head.parentNode.children].indexOf(head), up = head.getAttribute('aria-sort') !== 'ascending';
    const valueOf = row => row.children[column].dataset.v ?? row.children[column].textContent;
    const compare = (one, other) => one === '' ? 1 : other === '' ? -1 : (isNaN(one) || isNaN(other) ? one.localeCompare(other) : one - other) * (up ? 1 : -1);
    [...body.rows].sort((one, other) => compare(valueOf(one), valueOf(other))).forEach(row => body.append(row));
    [...head.parentNode.children].forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  };
  const turn = () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  };
})();
