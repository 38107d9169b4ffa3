// What a page does by itself while the server is away: it says since when, and opens anew as soon as the server is back with another memory.
const banner = document.getElementById('components-reconnect-modal');
const since = banner.querySelector('[data-since]');
const give = 5000;
let lost, clock, asking;

// Typed and not yet sent: reloading would throw it away, so the reader decides.
const isUnsaved = () => [...document.querySelectorAll('main form input, main form textarea')].some(field => field.type !== 'hidden' && field.value !== field.defaultValue && field.offsetParent);

const open = () => { if (!isUnsaved()) location.reload(); else banner.classList.add('unsaved'); };

// The connection gave up after its tries; the server may still come back, after a repair or in the morning.
const ask = async () => {
  try {
    if ((await fetch('/health/live', { cache: 'no-store' })).ok) { clearInterval(asking); open(); }
  } catch {
    // Still away.
  }
};

new MutationObserver(() => {
  const state = [...banner.classList].find(name => name.startsWith('components-reconnect-'))?.slice('components-reconnect-'.length);
  const isLost = state === 'show' || state === 'retrying' || state === 'failed' || state === 'paused';
  document.body.classList.toggle('lost', isLost || state === 'rejected');
  if (isLost && !lost) {
    lost = Date.now();
    clock = setInterval(() => { since.textContent = `${Math.round((Date.now() - lost) / 1000)} ${since.dataset.since}`; }, 1000);
  } else if (!isLost) {
    clearInterval(clock);
    lost = undefined;
    since.textContent = '';
  }
  if (state === 'failed') asking ??= setInterval(ask, give);
  if (state === 'rejected' && !banner.classList.contains('unsaved')) open();
}).observe(banner, { attributes: true, attributeFilter: ['class'] });

// After a form in front of the page has closed, the focus is where it was before: whoever works by keyboard would begin at the top of the page otherwise.
let before;
document.addEventListener('focusin', event => { if (!event.target.closest('[role=dialog]')) before = event.target; });
new MutationObserver(changes => {
  const isClosed = changes.some(change => [...change.removedNodes].some(node => node instanceof Element && node.matches('[role=dialog]')));
  if (isClosed && document.activeElement === document.body) before?.focus();
}).observe(document.body, { childList: true, subtree: true });
