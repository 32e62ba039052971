// Blazor over WebSockets alone; and what is said where a page is not live: the framework's own dialog injects styles.
const note = one('.note.offline');
const isLive = () => html.classList.contains('live');
const notLive = 'this page is not live. It is as of';
const asOf = () => `${notLive} ${write(new Date(), html.dataset.times === 'utc' ? 'utc' : 'local').slice(11)}.`;
const tell = (text = '') => {
  html.classList.toggle('offline', text !== '');
  note.firstElementChild.textContent = text;
  note.hidden = !text;
  settle();
};

// The page again, with what was selected: any gateway makes the same of its address. Never an error instead.
let tries = history.state?.tries ?? 0;
history.replaceState(null, '');
const reload = async () => {
  const how = { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(5000) };
  const answer = await fetch(location.href, how).catch(() => null);
  if (!(answer?.status < 500)) return;
  history.replaceState({ chosen: [...chosen], tries: tries + 1 }, '');
  location.reload();
  await new Promise(() => {});
};
const comeBack = async (text, pause, longest, mayReload) => {
  tell(text);
  for (; !note.hidden; pause = Math.min(pause * 2, longest)) {
    await new Promise(done => setTimeout(done, pause));
    if (!document.hidden && await mayReload()) await reload();
  }
};
const lost = () => {
  tries = 0;
  comeBack(`The connection to the server is lost: ${asOf()}`, 300, 3000, async () => !await Blazor.reconnect().catch(() => false));
};
// A socket that a proxy opens and closes again is none.
const takesSocket = () => new Promise(done => {
  const socket = new WebSocket('/_blazor');
  socket.onclose = () => done(false);
  socket.onopen = () => setTimeout(done, 1000, true);
});
let connection, rest, rests;
const neverLive = () => comeBack(`No connection to the server came about: ${notLive} when it was loaded.`, 1000 * 2 ** tries, 60000, () => {
  if (connection?.state !== 'Connected') return takesSocket();
  if (!one('jt-live[state=off]')) tell();
});

// What nobody sees rests, unless somebody has begun to type.
const wake = async () => {
  rests = false;
  await reload();
  comeBack(`The server does not answer: ${asOf()}`, 1000, 3000, () => true);
};

if (one('jt-live')) {
  // Of a fault in the circuit and of a refused connection the framework tells by showing this.
  const fault = make('p', { id: 'blazor-error-ui', hidden: true });
  document.body.append(fault);
  new MutationObserver(() => {
    if (isLive()) tell(`Something went wrong: ${asOf()}`);
    else if (note.hidden) neverLive();
  }).observe(fault, { attributes: true });
  setTimeout(() => isLive() || !note.hidden || neverLive(), 6000);
  on('visibilitychange', () => {
    clearTimeout(rest);
    if (rests) wake();
    else if (document.hidden) rest = setTimeout(() => {
      rests = isLive() && all('main :is(input, textarea):not([type=checkbox])').every(field => field.value === field.defaultValue);
      if (!rests) return;
      Blazor.disconnect();
      connection.stop();
    }, 30000);
  });
  addEventListener('pageshow', event => event.persisted && wake());
  Blazor.start({
    ssr: { disableDomPreservation: true },
    logLevel: 6,
    circuit: {
      logLevel: 6,
      configureSignalR: builder => {
        const build = builder.build;
        builder.build = () => connection = build.call(builder);
        builder.configureLogging(6).withUrl('_blazor', { skipNegotiation: true, transport: 1 });
      },
      reconnectionHandler: { onConnectionDown: lost, onConnectionUp: () => tell() },
    },
  });
}
