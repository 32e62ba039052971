// What a page does in the browser besides Blazor. Everything is by delegation: rows come and go.
(() => {
    const html = document.documentElement;
    html.classList.add('js');
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];

    // Moments: relative, local or UTC, as the settings say; the whole of it on hover. The text inside stays Blazor's.
    const units = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']];
    const relative = new Intl.RelativeTimeFormat('en', { style: 'short' });
    const two = n => String(n).padStart(2, '0');
    const local = d => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
    const utc = d => d.toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const ago = d => {
        const seconds = Math.round((d - Date.now()) / 1000);
        if (Math.abs(seconds) < 1) return 'now';
        const [size, unit] = units.find(([size]) => Math.abs(seconds) >= size);
        return relative.format(Math.trunc(seconds / size), unit);
    };
    class Time extends HTMLElement {
        static observedAttributes = ['datetime'];
        connectedCallback() { this.show(); }
        attributeChangedCallback() { this.show(); }
        show() {
            const moment = new Date(this.getAttribute('datetime'));
            if (isNaN(moment)) return;
            this.shadowRoot ?? this.attachShadow({ mode: 'open' });
            const kind = html.dataset.times;
            const text = kind === 'utc' ? utc(moment) : kind === 'local' ? local(moment) : ago(moment);
            if (this.shadowRoot.textContent !== text) this.shadowRoot.textContent = text;
            const title = `${local(moment)} ${zone}\n${utc(moment)}`;
            if (this.title !== title) this.title = title;
        }
    }
    customElements.define('jt-time', Time);
    setInterval(() => { if (!document.hidden && html.dataset.times === 'relative') all('jt-time').forEach(time => time.show()); }, 1000);

    // Live parts: the page is live when each of them is.
    const liveness = () => {
        const parts = all('jt-live');
        html.classList.toggle('live', !html.classList.contains('offline') && parts.length > 0 && parts.every(part => part.getAttribute('state') !== 'off'));
    };
    customElements.define('jt-live', class extends HTMLElement {
        static observedAttributes = ['state'];
        connectedCallback() { liveness(); }
        attributeChangedCallback() { liveness(); }
    });
    window.jobTracker = { liveness };

    // Copying exactly.
    const say = document.createElement('p');
    say.className = 'hidden';
    say.setAttribute('aria-live', 'polite');
    const copy = async button => {
        const text = button.dataset.copy;
        try {
            await navigator.clipboard.writeText(text);
        } catch {
            const area = Object.assign(document.createElement('textarea'), { value: text, className: 'hidden' });
            document.body.append(area);
            area.select();
            document.execCommand('copy');
            area.remove();
        }
        say.textContent = 'Copied';
        const words = button.textContent;
        if (words === 'Copied') return;
        button.textContent = 'Copied';
        setTimeout(() => { button.textContent = words; say.textContent = ''; }, 2000);
    };

    // Selection, and numbers that must be typed before something large is done.
    const selection = () => all('form[data-selection]').forEach(form => {
        const count = form.querySelectorAll('input[data-select]:checked').length;
        all('[data-selected-count]', form).forEach(place => { place.textContent = count; });
        all('[data-needs-selection]', form).forEach(button => { button.disabled = count === 0; });
    });
    const confirmation = () => all('form[data-type-to-confirm]').forEach(form => {
        const typed = form.querySelector('input[data-confirm]');
        all('button[type=submit]', form).forEach(button => { button.disabled = typed.value.trim() !== form.dataset.typeToConfirm; });
    });
    document.addEventListener('input', confirmation);
    document.addEventListener('change', event => {
        const target = event.target;
        if (target.matches('[data-select-all]')) all('input[data-select]', target.form).forEach(box => { box.checked = target.checked; });
        if (target.matches('[data-select-all], [data-select]')) selection();
        if (target.matches('[data-submit-on-change]')) target.form.requestSubmit();
    });
    document.addEventListener('submit', event => {
        // Fields that say nothing do not belong into an address.
        if (event.target.matches('form[method=get], form:not([method])'))
            [...event.target.elements].filter(field => field.matches('input, select') && field.value === '').forEach(field => { field.disabled = true; });
    });
    document.addEventListener('click', event => {
        const target = event.target.closest('button, a, summary');
        if (target?.matches('[data-copy]')) copy(target);
        if (target?.matches('[data-keys-help]')) document.getElementById('keys').showModal();
        if (target?.matches('[data-retry]')) { event.preventDefault(); location.reload(); }
        if (!event.target.closest('details.menu')) all('details.menu[open]').forEach(menu => { menu.open = false; });
    });
    addEventListener('pageshow', () => {
        all('form :disabled').filter(field => field.matches('input, select')).forEach(field => { field.disabled = false; });
        selection();
        confirmation();
    });
    document.addEventListener('DOMContentLoaded', () => { document.body.append(say); selection(); confirmation(); });

    // Single keys. Silent while somebody types, with a modifier, and where they are turned off.
    const places = { o: '/ui/', j: '/ui/jobs', b: '/ui/batches', c: '/ui/callbacks' };
    let going = 0;
    const move = step => {
        const rows = all('tr[data-row]');
        if (!rows.length) return;
        const now = rows.findIndex(row => row.classList.contains('current'));
        const next = rows[Math.min(Math.max(now < 0 ? 0 : now + step, 0), rows.length - 1)];
        rows.forEach(row => row.classList.toggle('current', row === next));
        next.querySelector('a[data-open]')?.focus();
        next.scrollIntoView({ block: 'nearest' });
    };
    const keys = {
        '/': () => document.querySelector('[data-filter]')?.focus(),
        '?': () => document.getElementById('keys').showModal(),
        g: () => { going = Date.now(); },
        j: () => move(1),
        k: () => move(-1),
        x: () => document.querySelector('tr[data-row].current input[data-select]')?.click(),
        '.': () => document.querySelector('[data-pause]')?.click(),
    };
    document.addEventListener('keydown', event => {
        if (html.dataset.keys === 'off' || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
        if (event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]')) return;
        if (Date.now() - going < 1500 && places[event.key]) { going = 0; location.assign(places[event.key]); return; }
        going = 0;
        if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    });
})();
