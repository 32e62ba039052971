// What a page does besides Blazor, by delegation: rows come and go. start.js builds on it.
const html = document.documentElement;
html.classList.add('js');
const one = selector => document.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (event, act) => document.addEventListener(event, act);
const make = (tag, set) => Object.assign(document.createElement(tag), set);

// Moments as the settings say. The text inside is Blazor's: what is seen is in a tree of its own.
const iso = date => date.toISOString().slice(0, 19).replace('T', ' ');
const local = date => iso(new Date(date - date.getTimezoneOffset() * 60000));
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
const relative = date => {
  const seconds = Math.trunc((date - Date.now()) / 1000);
  const [size, unit] = units.find(([size]) => Math.abs(seconds) >= size) ?? [];
  const words = `${Math.trunc(Math.abs(seconds) / size)} ${unit}`;
  return !seconds ? 'now' : seconds < 0 ? `${words} ago` : `in ${words}`;
};
const write = (date, how) => how === 'utc' ? `${iso(date)} UTC` : how === 'local' ? local(date) : relative(date);
customElements.define('jt-time', class extends HTMLElement {
  static observedAttributes = ['datetime'];
  attributeChangedCallback() {
    this.date = new Date(this.getAttribute('datetime'));
    if (isNaN(this.date)) return;
    this.title = `${local(this.date)} ${zone}\n${iso(this.date)} UTC`;
    this.show();
  }
  show() {
    const text = write(this.date, html.dataset.times);
    const place = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    if (place.textContent !== text) place.textContent = text;
  }
});
setInterval(() => document.hidden || all('jt-time[title]').forEach(time => time.show()), 1000);

// After each change: is the page live, what was selected and focused before Blazor wrote it anew, which buttons do something.
const chosen = new Set(history.state?.chosen);
let focused;
const settle = () => {
  const parts = all('jt-live').map(part => part.getAttribute('state'));
  html.classList.toggle('live', parts.length > 0 && !parts.includes('off') && !html.classList.contains('offline'));
  for (const form of all('form[data-selection]')) {
    const boxes = all('[data-select]', form);
    boxes.forEach(box => { box.checked = chosen.has(box.value); });
    const count = boxes.filter(box => box.checked).length;
    all('[data-needs-selection]', form).forEach(button => { button.disabled = !count; });
    all('[data-select-all]', form).forEach(box => { box.checked = count === boxes.length; });
    all('[data-selected-count]', form).forEach(place => { if (place.textContent !== `${count}`) place.textContent = count; });
  }
  for (const form of all('form[data-type-to-confirm]')) {
    const isTyped = all('[data-confirm]', form).every(field => field.value.trim() === form.dataset.typeToConfirm);
    all('[type=submit]', form).forEach(button => { button.disabled = !isTyped; });
  }
  if (focused?.isConnected === false && document.activeElement === document.body)
    one(`[data-open][href="${CSS.escape(focused.getAttribute('href'))}"]`)?.focus({ preventScroll: true });
};
const said = make('p', { className: 'hidden', role: 'status' });
on('DOMContentLoaded', () => {
  document.body.append(said);
  settle();
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true, attributeFilter: ['state'] });
});
on('input', ({ target }) => {
  const boxes = target.matches('[data-select-all]') ? all('[data-select]', target.form) : [target];
  boxes.filter(box => box.matches('[data-select]')).forEach(box => chosen[target.checked ? 'add' : 'delete'](box.value));
  settle();
});

// Fields that say nothing do not belong into an address.
on('submit', ({ target }) => {
  const fields = target.matches('[method=get]') ? [...target].filter(field => field.matches('input, select') && !field.value) : [];
  fields.forEach(field => { field.disabled = true; });
  setTimeout(() => fields.forEach(field => { field.disabled = false; }));
});

const copy = async button => {
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const area = make('textarea', { value: button.dataset.copy, className: 'hidden' });
    document.body.append(area);
    area.select();
    isCopied = document.execCommand('copy');
    area.remove();
    button.focus();
  }
  said.textContent = isCopied ? 'Copied' : 'Not copied';
  button.dataset.said = said.textContent;
  setTimeout(() => {
    said.textContent = '';
    delete button.dataset.said;
  }, 2000);
};
const help = () => one('#keys').showModal();
on('click', ({ target }) => {
  const button = target.closest('button');
  if (button?.matches('[data-copy]')) copy(button);
  if (button?.matches('[data-keys-help]')) help();
  all('.menu[open]').forEach(menu => { menu.open = menu.contains(target); });
});

// Single keys. The current row has the focus, or had it last.
const row = () => document.activeElement.closest('tr[data-row]') ?? one('tr.current');
const move = step => {
  const rows = all('tr[data-row]');
  const now = rows.indexOf(row());
  rows[now < 0 ? 0 : now + step]?.querySelector('[data-open]')?.focus();
};
on('focusin', ({ target }) => {
  focused = target.matches('[data-open]') && target;
  const next = target.closest('tr[data-row]');
  if (!next) return;
  one('tr.current')?.classList.remove('current');
  next.classList.add('current');
});
// One that is taken away loses the focus before it is gone.
on('focusout', ({ target }) => setTimeout(() => { if (focused === target && target.isConnected) focused = null; }));
let going = 0;
const places = { o: '/ui/', j: '/ui/jobs', b: '/ui/batches', c: '/ui/callbacks' };
const keys = {
  '/': () => one('[data-filter]')?.focus(),
  '?': help,
  g: () => { going = Date.now(); },
  j: () => move(1),
  k: () => move(-1),
  x: () => row()?.querySelector('[data-select]')?.click(),
  '.': () => one('[data-pause]')?.click(),
};
on('keydown', event => {
  const { key, target } = event;
  if (key === 'Escape') all('.menu[open] summary').forEach(summary => {
    summary.click();
    summary.focus();
  });
  if (html.dataset.keys === 'off' || event.ctrlKey || event.altKey || event.metaKey) return;
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], dialog')) return;
  const place = Date.now() - going < 1500 && places[key];
  going = 0;
  if (place) return location.assign(place);
  if (!keys[key]) return;
  event.preventDefault();
  keys[key]();
});
