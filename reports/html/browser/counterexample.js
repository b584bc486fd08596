// The script of a counterexample: rows, findings and list entries that show the same events are highlighted together.

/** The `seq` numbers of the events that an element shows. */
function seqsOf(element) {
  return element.dataset.seq.split(' ').filter((seq) => seq !== '');
}

/** Highlights every element that shows one of the events of `from`, in the same run of the same counterexample. */
function highlight(from) {
  const entry = from.closest('details.counterexample');
  const scope = from.closest('[data-scope]')?.dataset.scope;
  if (!entry || scope === undefined) return;
  const wanted = new Set(seqsOf(from));
  for (const element of entry.querySelectorAll(`[data-scope="${scope}"] [data-seq]`)) {
    element.classList.toggle(
      'is-lit',
      seqsOf(element).some((seq) => wanted.has(seq)),
    );
  }
}

/** Removes the highlight of the element under the pointer. The element that was clicked stays highlighted. */
function removeHighlight(entry) {
  for (const element of entry.querySelectorAll('.is-lit')) element.classList.remove('is-lit');
  if (entry.pinned) highlight(entry.pinned);
}

function pin(element) {
  const entry = element.closest('details.counterexample');
  if (!entry) return;
  // The findings beside the drawings are about the failing run, so show that run.
  const own = entry.querySelector('[data-view="own"]');
  if (own && element.closest('.beside')) showView(own);
  entry.pinned = entry.pinned === element ? undefined : element;
  removeHighlight(entry);
  // Skip the drawing that is hidden at this screen width: its rows have no boxes.
  const first = [...entry.querySelectorAll('.drawing .d-row.is-lit')].find((row) => row.getClientRects().length > 0);
  if (entry.pinned && !element.closest('.drawing')) first?.scrollIntoView({ block: 'center' });
}

/** Moves from row to row of a drawing, by the arrow keys. */
function stepIn(drawing, step) {
  const rows = [...drawing.querySelectorAll('.d-row')];
  const entry = drawing.closest('details.counterexample');
  const at = rows.indexOf(entry.pinned);
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next === undefined || next === entry.pinned) return;
  pin(next);
  next.scrollIntoView({ block: 'nearest' });
  say(next.querySelector('title').textContent);
}

function showView(button) {
  const shown = button.closest('.shown');
  for (const other of shown.querySelectorAll('[data-view]'))
    other.setAttribute('aria-pressed', String(other === button));
  for (const part of shown.querySelectorAll('.view, .below')) part.hidden = part.dataset.scope !== button.dataset.view;
}

/** Hides the events of a list that do not contain the text, and fades their rows in the drawing. */
function searchEvents(input) {
  const entry = input.closest('details.counterexample');
  const { scope } = input.closest('[data-scope]').dataset;
  const text = input.value.toLowerCase();
  const found = new Set();
  const items = [...input.closest('details').querySelectorAll('li')];
  for (const item of items) {
    item.hidden = !item.textContent.toLowerCase().includes(text);
    if (!item.hidden) for (const seq of seqsOf(item.querySelector('[data-seq]'))) found.add(seq);
  }
  for (const row of entry.querySelectorAll(`[data-scope="${scope}"] .d-row`)) {
    row.classList.toggle('is-missed', text !== '' && !seqsOf(row).some((seq) => found.has(seq)));
  }
  const shown = items.filter((item) => !item.hidden).length;
  input.closest('details').querySelector('output').textContent = text === '' ? '' : `${shown} of ${items.length}`;
}

document.addEventListener('pointerover', ({ target }) => {
  const entry = target.closest('details.counterexample');
  const element = target.closest('[data-seq]');
  if (entry === null) return;
  if (element === null) removeHighlight(entry);
  else highlight(element);
});

document.addEventListener('click', ({ target }) => {
  const element = target.closest('[data-seq]');
  if (element !== null) pin(element);
  const button = target.closest('button');
  if (button?.dataset.view !== undefined) showView(button);
  if (button?.dataset.copies !== undefined) {
    void navigator.clipboard.writeText(button.closest('details').querySelector('pre').textContent).then(
      () => say('Copied'),
      () => {
        getSelection().selectAllChildren(button.closest('details').querySelector('pre'));
        say('Selected: copy it with the keyboard');
      },
    );
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const entry of document.querySelectorAll('details.counterexample')) {
      entry.pinned = undefined;
      removeHighlight(entry);
    }
  }
  const drawing = event.target.closest?.('.drawing');
  if (!drawing || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  event.preventDefault();
  stepIn(drawing, event.key === 'ArrowDown' ? 1 : -1);
});

for (const input of document.querySelectorAll('input[data-search]')) {
  input.addEventListener('input', () => searchEvents(input));
}
