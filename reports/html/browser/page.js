// The script of the page: theme, filters, rows that open, copying, and keys. It contacts no server.
'use strict';

const root = document.documentElement;
const toast = document.querySelector('.toast');

/** Shows a text for two seconds. Screen readers read it aloud. */
function say(text) {
  toast.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (toast.textContent = ''), 2_000);
}

const themeButton = document.querySelector('[data-action="theme"]');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function isDark() {
  return root.dataset.theme === undefined ? prefersDark.matches : root.dataset.theme === 'dark';
}

function showTheme() {
  themeButton.textContent = isDark() ? 'Light' : 'Dark';
}

function toggleTheme() {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  showTheme();
}

/** Opens or closes the row that a button controls. */
function toggleRow(button) {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  document.getElementById(button.getAttribute('aria-controls')).hidden = isOpen;
}

/** Copies a command. Some browsers refuse the clipboard to a page on disk; then the text is selected, so that the user can copy it. */
async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say('Copied');
  } catch {
    const code = button.parentElement.querySelector('code');
    if (code !== null) getSelection().selectAllChildren(code);
    say('Selected: copy it with the keyboard');
  }
}

/** Whether an element passes a filter: each non-empty field equals one of the values in the data attribute of its name. */
function passes(element, fields) {
  return Object.entries(fields).every(([name, wanted]) => {
    if (wanted === '') return true;
    if (name !== 'text') return (element.dataset[name] ?? '').split('|').includes(wanted);
    const head = element.querySelector('summary') ?? element;
    return head.textContent.toLowerCase().includes(wanted.toLowerCase());
  });
}

function filter(form) {
  const fields = Object.fromEntries(new FormData(form));
  const rows = document.querySelectorAll(
    `[data-rows="${form.dataset.filters}"] :is(details.counterexample, tbody > tr[data-state])`,
  );
  let shown = 0;
  for (const row of rows) {
    const isShown = passes(row, fields);
    row.hidden = !isShown;
    if (isShown) shown += 1;
    else for (const button of row.querySelectorAll('.opens[aria-expanded="true"]')) toggleRow(button);
  }
  form.querySelector('output').textContent = `${shown} of ${rows.length} shown`;
}

function setAllOpen(isOpen) {
  for (const entry of document.querySelectorAll('details.counterexample:not([hidden])')) entry.open = isOpen;
}

const ACTIONS = {
  theme: toggleTheme,
  'open-all': () => setAllOpen(true),
  'close-all': () => setAllOpen(false),
};

/** Moves the focus up or down by `step` in the visible entries of the list. */
function moveBy(step) {
  const heads = [...document.querySelectorAll('details.counterexample:not([hidden]) > summary')];
  const at = heads.findIndex((head) => head.parentElement.contains(document.activeElement));
  const next = heads[at < 0 ? 0 : Math.min(Math.max(at + step, 0), heads.length - 1)];
  next?.focus();
}

const KEYS = {
  '/': () => document.querySelector('input[type="search"]')?.focus(),
  t: toggleTheme,
  j: () => moveBy(1),
  k: () => moveBy(-1),
};

/** Empties a field and leaves it. Done here, because a browser empties the field on Escape without an event, so the filter would stay. */
function leaveField(field) {
  if (field.matches('input')) {
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.blur();
}

function isTyping({ target }) {
  return target instanceof HTMLElement && target.matches('input, select, textarea');
}

/** Opens the counterexample that the address names. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (button === null) return;
  ACTIONS[button.dataset.action]?.();
  if (button.dataset.copy !== undefined) void copy(button);
  if (button.matches('.opens')) toggleRow(button);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && isTyping(event)) leaveField(event.target);
  if (isTyping(event) || KEYS[event.key] === undefined) return;
  event.preventDefault();
  KEYS[event.key]();
});

for (const form of document.querySelectorAll('form[data-filters]')) {
  form.addEventListener('input', () => filter(form));
  form.addEventListener('submit', (event) => event.preventDefault());
}

addEventListener('hashchange', openTarget);
prefersDark.addEventListener('change', showTheme);
showTheme();
openTarget();
