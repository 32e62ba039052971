'use strict';
// What a page does in the browser besides Blazor. All of it is by delegation and by attributes: rows come and go, and their text is Blazor's.
const html = document.documentElement;
html.classList.add('js');
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = selector => document.querySelector(selector);

// Moments as the settings say, the whole of them on hover. They are written into a tree of their own (a shadow root).
const iso = date => date.toISOString().slice(0, 19).replace('T', ' ');
const local = date => iso(new Date(date - date.getTimezoneOffset() * 60000));
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
const relative = date => {
    const seconds = Math.trunc((date - Date.now()) / 1000);
    if (!seconds) return 'now';
    const [size, unit] = units.find(([size]) => Math.abs(seconds) >= size);
    const words = `${Math.trunc(Math.abs(seconds) / size)} ${unit}`;
    return seconds < 0 ? `${words} ago` : `in ${words}`;
};
const write = (date, how = html.dataset.times) => how === 'utc' ? `${iso(date)} UTC` : how === 'local' ? local(date) : relative(date);
customElements.define('jt-time', class extends HTMLElement {
    static observedAttributes = ['datetime'];
    attributeChangedCallback() {
        const date = new Date(this.getAttribute('datetime'));
        if (isNaN(date)) return;
        this.title = `${local(date)} ${zone}\n${iso(date)} UTC`;
        this.show();
    }
    show() {
        const text = write(new Date(this.getAttribute('datetime')), this.getAttribute('mode') ?? undefined);
        const place = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
        if (place.textContent !== text) place.textContent = text;
    }
});
setInterval(() => document.hidden || all('jt-time[title]').forEach(time => time.show()), 1000);

// After each change of the page: whether it is live; what was selected and focused before Blazor wrote it anew; which buttons can do something.
const chosen = new Set(history.state?.chosen);
let focused;
const settle = () => {
    const parts = all('jt-live');
    const isLive = parts.length && parts.every(part => part.getAttribute('state') !== 'off') && !html.classList.contains('offline');
    html.classList.toggle('live', !!isLive);
    for (const form of all('form[data-selection]')) {
        const boxes = all('input[data-select]', form);
        boxes.forEach(box => { box.checked = chosen.has(box.value); });
        const count = boxes.filter(box => box.checked).length;
        all('[data-needs-selection]', form).forEach(button => { button.disabled = !count; });
        all('[data-select-all]', form).forEach(box => {
            box.checked = count === boxes.length;
            box.indeterminate = count > 0 && !box.checked;
        });
        all('[data-selected-count]', form).forEach(place => { if (place.textContent !== `${count}`) place.textContent = count; });
    }
    for (const form of all('form[data-type-to-confirm]'))
        all('[type=submit]', form).forEach(button => {
            button.disabled = form.querySelector('[data-confirm]').value.trim() !== form.dataset.typeToConfirm;
        });
    if (focused?.isConnected === false && document.activeElement === document.body)
        one(`a[data-open][href="${CSS.escape(focused.getAttribute('href'))}"]`)?.focus({ preventScroll: true });
};
const say = Object.assign(document.createElement('p'), { className: 'hidden', role: 'status' });
document.addEventListener('DOMContentLoaded', () => {
    document.body.append(say);
    settle();
    new MutationObserver(settle).observe(document.body, { childList: true, subtree: true, attributeFilter: ['state'] });
});
document.addEventListener('input', settle);
document.addEventListener('change', ({ target }) => {
    const boxes = target.matches('[data-select-all]') ? all('input[data-select]', target.form) : target.matches('[data-select]') ? [target] : [];
    boxes.forEach(box => chosen[target.checked ? 'add' : 'delete'](box.value));
    settle();
    if (target.matches('[data-submit-on-change]')) target.form.requestSubmit();
});

// Fields that say nothing do not belong into an address.
const fields = form => [...form.elements].filter(field => field.matches('input, select'));
document.addEventListener('submit', ({ target }) => {
    if (target.matches('[method=get]')) fields(target).forEach(field => { field.disabled = field.value === ''; });
});
addEventListener('pageshow', () => all('form[method=get]').flatMap(fields).forEach(field => { field.disabled = false; }));

const copy = async button => {
    let isCopied = true;
    try {
        await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
        const area = Object.assign(document.createElement('textarea'), { value: button.dataset.copy, className: 'hidden' });
        document.body.append(area);
        area.select();
        isCopied = document.execCommand('copy');
        area.remove();
        button.focus();
    }
    say.textContent = isCopied ? 'Copied' : 'The browser does not let it be copied.';
    button.classList.toggle('copied', isCopied);
    setTimeout(() => {
        say.textContent = '';
        button.classList.remove('copied');
    }, 2000);
};
const help = () => one('#keys').showModal();
document.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.matches('[data-copy]')) copy(button);
    if (button?.matches('[data-keys-help]')) help();
    all('.menu[open]').forEach(menu => { menu.open = menu.contains(target); });
});

// Single keys. The current row is the one that has the focus, or had it last.
const row = () => document.activeElement.closest('tr[data-row]') ?? one('tr.current');
const mark = next => {
    all('tr.current').forEach(other => other.classList.remove('current'));
    next.classList.add('current');
};
const move = step => {
    const rows = all('tr[data-row]');
    const now = rows.indexOf(row());
    const next = rows[now < 0 ? 0 : now + step];
    if (!next) return;
    mark(next);
    next.querySelector('[data-open]')?.focus();
    next.scrollIntoView({ block: 'nearest' });
};
document.addEventListener('focusin', ({ target }) => {
    focused = target.matches('[data-open]') ? target : null;
    if (target.closest('tr[data-row]')) mark(target.closest('tr'));
});
document.addEventListener('focusout', ({ target }) => { if (target.isConnected) focused = null; });
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
let going = 0;
document.addEventListener('keydown', event => {
    const { key, target } = event;
    if (key === 'Escape') all('.menu[open]').forEach(menu => {
        menu.open = false;
        menu.firstElementChild.focus();
    });
    if (html.dataset.keys === 'off' || event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], dialog')) return;
    const place = Date.now() - going < 1500 && places[key];
    going = 0;
    if (place) location.assign(place);
    else if (keys[key]) {
        event.preventDefault();
        keys[key]();
    }
});
