// Starts Blazor over WebSockets alone, and says what is so when the connection is lost: the framework's own dialog injects styles.
(() => {
    const html = document.documentElement;
    const note = document.querySelector('p.note.offline');
    const parts = () => [...document.querySelectorAll('jt-live')];
    if (parts().length === 0) return;
    const sleep = time => new Promise(done => setTimeout(done, time));
    const clock = () => new Date().toTimeString().slice(0, 8);

    const tell = (text, offersReload) => {
        html.classList.add('offline');
        note.textContent = text;
        if (offersReload) note.append(' ', Object.assign(document.createElement('a'), { href: location.href, textContent: 'Reload' }));
        note.hidden = false;
        window.jobTracker.liveness();
    };
    const restore = () => {
        html.classList.remove('offline');
        note.hidden = true;
        window.jobTracker.liveness();
    };

    // The page again, as its address says, once there is somebody to ask for it: another gateway makes the same of it.
    const reload = async () => {
        try {
            const answer = await fetch(location.href, { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(5000) });
            if (answer.ok || answer.type === 'opaqueredirect') location.reload();
        } catch { /* nobody is there yet */ }
    };
    let isTrying = false;
    const comeBack = async () => {
        if (isTrying) return;
        isTrying = true;
        for (let pause = 300; html.classList.contains('offline'); pause = Math.min(pause * 2, 4000)) {
            await sleep(pause);
            if (document.hidden) continue;
            try {
                if (await Blazor.reconnect()) { restore(); break; }
            } catch { /* the connection is refused */ }
            await reload();
        }
        isTrying = false;
    };
    const lost = () => {
        tell(`The connection to the server is lost: this page is not live. What is shown is as of ${clock()}.`);
        comeBack();
    };

    Blazor.start({
        ssr: { disableDomPreservation: true },
        logLevel: 6,
        circuit: {
            logLevel: 6,
            configureSignalR: builder => builder.configureLogging(6).withUrl('_blazor', { skipNegotiation: true, transport: 1 }),
            reconnectionHandler: { onConnectionDown: lost, onConnectionUp: restore },
        },
    }).catch(() => {});

    // Nobody tells when the first connection is refused.
    setTimeout(() => {
        if (html.classList.contains('live') || html.classList.contains('offline')) return;
        parts().forEach(part => part.classList.add('late'));
        tell('This page is not live: there is no WebSocket to the server. It is as of when it was loaded.', true);
    }, 6000);

    // A page that nobody sees rests: the server need not write it.
    let rest = 0;
    document.addEventListener('visibilitychange', () => {
        clearTimeout(rest);
        if (document.hidden) rest = setTimeout(() => { html.dataset.rests = 'yes'; Blazor.disconnect(); }, 30000);
        else if (html.dataset.rests) location.reload();
    });
})();
