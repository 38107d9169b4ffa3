// A desk that nobody uses signs itself out. The server decides; the page tells it that somebody is there, warns in time, and leaves when it is over.
const banner = document.getElementById('idle');
const left = banner.querySelector('[data-left]');
const stay = banner.querySelector('button');
const warnSeconds = 120;
const tellEvery = 30_000;
let endsAt = Infinity;
let told = 0;

const take = async answer => {
  if (answer.status === 401) {
    location.assign(`/sign-in?after=idle&returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
    return;
  }

  if (!answer.ok) return;
  // Counted from the moment of the answer: the computer's clock may be set meanwhile.
  endsAt = performance.now() + (await answer.json()).secondsLeft * 1000;
};

const ask = async method => {
  try {
    await take(await fetch('/api/v1/me/session', { method, cache: 'no-store' }));
  } catch {
    // The server is away; shell.js says so.
  }
};

// Typing and pointing count; a page that redraws by itself does not.
const used = () => {
  if (performance.now() - told < tellEvery) return;
  told = performance.now();
  ask('POST');
};

const draw = () => {
  const seconds = Math.ceil((endsAt - performance.now()) / 1000);
  const isNear = seconds <= warnSeconds;
  banner.hidden = !isNear;
  if (!isNear) return;
  left.textContent = `${Math.floor(Math.max(0, seconds) / 60)}:${String(Math.max(0, seconds) % 60).padStart(2, '0')}`;
  // Another tab or browser of the same session may have been used meanwhile; the server knows.
  if (seconds % 20 === 0 || seconds <= 0) ask('GET');
};

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) addEventListener(kind, used, { passive: true, capture: true });
addEventListener('visibilitychange', () => { if (!document.hidden) ask('GET'); });
stay.addEventListener('click', async () => { told = performance.now(); await ask('POST'); draw(); });
ask('GET');
setInterval(draw, 1000);
