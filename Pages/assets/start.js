'use strict';
// Starts Blazor over WebSockets alone, and says so where a page is not live. The framework's own dialog would inject styles.
if (one('jt-live')) {
    const note = one('p.note.offline');
    const sleep = time => new Promise(done => setTimeout(done, time));
    const clock = () => write(new Date(), html.dataset.times === 'utc' ? 'utc' : 'local').slice(11);
    const isOffline = () => html.classList.contains('offline');
    const tell = (text, offersReload) => {
        html.classList.add('offline');
        note.textContent = text;
        if (offersReload) note.append(' ', Object.assign(document.createElement('a'), { href: location.href, textContent: 'Reload' }));
        note.hidden = false;
        settle();
    };
    const restore = () => {
        html.classList.remove('offline');
        note.hidden = true;
        settle();
    };
    const remember = state => history.replaceState({ ...history.state, ...state }, '');
    const tries = history.state?.tries ?? 0;
    remember({ chosen: [], tries: 0 });

    // The page again, as its address says, with its selection: another gateway makes the same of it. Never an error in its place.
    const reload = async (again = 0) => {
        try {
            const answer = await fetch(location.href, { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(5000) });
            if (answer.status >= 500) return;
            remember({ chosen: [...chosen], tries: again });
            location.reload();
        } catch { /* nobody is there yet */ }
    };
    let isTrying = false;
    let rests = false;
    const comeBack = async (pause, text) => {
        if (isTrying) return;
        for (isTrying = true; ; pause = Math.min(pause + 700, 3000)) {
            await sleep(pause);
            if (document.hidden) continue;
            try {
                if (!rests && await Blazor.reconnect()) break;
            } catch { /* the connection is refused */ }
            await reload();
            if (!isOffline()) tell(text);
        }
        isTrying = false;
    };
    const lost = () => {
        tell(`The connection to the server is lost: this page is not live. What is shown is as of ${clock()}.`);
        comeBack(300);
    };

    // Whether the server takes a socket: one that a proxy opens and closes again does not count.
    const takesSockets = () => new Promise(done => {
        const socket = new WebSocket(new URL('_blazor', document.baseURI).href.replace('http', 'ws'));
        socket.onclose = () => done(false);
        socket.onopen = async () => {
            await sleep(1000);
            done(socket.readyState === WebSocket.OPEN);
            socket.close();
        };
    });
    const neverLive = async () => {
        tell('This page is not live: the server takes no WebSocket from it. What is shown is as of when it was loaded.', true);
        for (let pause = 2000 * 2 ** tries; ; pause *= 2) {
            await sleep(Math.min(pause, 60000));
            if (!document.hidden && await takesSockets()) await reload(tries + 1);
        }
    };

    // A fault in the circuit and a refused connection are told by nothing but the framework's wish to show an element of this id.
    const fault = Object.assign(document.createElement('p'), { id: 'blazor-error-ui', hidden: true });
    document.body.append(fault);
    new MutationObserver(() => {
        if (isOffline()) return;
        if (html.classList.contains('live')) tell(`Something went wrong: this page is not live. What is shown is as of ${clock()}.`, true);
        else neverLive();
    }).observe(fault, { attributes: true });
    setTimeout(() => html.classList.contains('live') || isOffline() || neverLive(), 6000);

    Blazor.start({
        ssr: { disableDomPreservation: true },
        logLevel: 6,
        circuit: {
            logLevel: 6,
            configureSignalR: builder => builder.configureLogging(6).withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
            reconnectionHandler: { onConnectionDown: lost, onConnectionUp: restore },
        },
    }).catch(() => {});

    // A page that nobody sees rests, unless somebody has begun to type: the server need not write it.
    const wake = () => {
        rests = true;
        comeBack(0, 'This page rested, and the server does not answer now. What is shown is as of then.');
    };
    const isTyped = () => all('main :is(input, textarea)').some(field => field.value !== field.defaultValue);
    let rest = 0;
    document.addEventListener('visibilitychange', () => {
        clearTimeout(rest);
        if (!document.hidden) return rests && wake();
        rest = setTimeout(() => {
            if (isOffline() || isTyped()) return;
            rests = true;
            Blazor.disconnect?.();
        }, 30000);
    });
    addEventListener('pageshow', event => event.persisted && wake());
}
