// Two tones at once and then every 20 seconds while an alarm waits. A browser plays nothing before its reader has touched the page once; it is tried again then, and the alarm says so.
let context;

async function play() {
  context ??= new AudioContext();
  // Where the page was never touched this waits for ever.
  await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 200))]);
  for (const [after, pitch] of [[0, 880], [0.35, 660]]) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, context.currentTime + after);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + after + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + after);
    tone.stop(context.currentTime + after + 0.3);
  }

  // Before that it refuses to shake the phone, too, and complains.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200]);
  return context.state === 'running';
}

// Once, for whoever wants to know whether he would hear it; true when the browser lets it out.
export const test = () => play();

export function bell() {
  let repeat;
  const popUp = () => document.querySelector('.alarm-pop');
  const hide = (away) => popUp()?.classList.toggle('away', away);
  // Whoever writes is not disturbed: a bar above the page says what waits until he is done.
  const isWriting = () => document.activeElement?.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]') && !popUp()?.contains(document.activeElement);
  let waits = false;
  const ring = async () => {
    waits = isWriting();
    hide(waits);
    const isHeard = await play();
    popUp()?.classList.toggle('muted', !isHeard);
  };
  const count = () => {
    const since = popUp()?.querySelector('[data-since]');
    if (!since) return;
    const seconds = Math.max(0, Math.floor((Date.now() - Number(since.dataset.since)) / 1000));
    since.textContent = since.dataset.words.replace('{0}', `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
  };
  const touched = async () => {
    if (context?.state !== 'suspended') return;
    await context.resume();
    popUp()?.classList.remove('muted');
  };
  const pressed = (key) => {
    if (key.key === 'Escape') hide(true);
    // Nothing has the focus: Enter takes over what stands in front of the page.
    else if (key.key === 'Enter' && document.activeElement === document.body && popUp() && !popUp().classList.contains('away')) popUp().querySelector('.ft .pri')?.click();
  };
  addEventListener('pointerdown', touched);
  addEventListener('keydown', touched);
  // Out of the way until the next ring; only somebody who takes it over ends it.
  addEventListener('keydown', pressed);
  addEventListener('click', (clicked) => clicked.target.closest?.('.alarm-bar') && hide(false));
  addEventListener('focusout', () => setTimeout(() => waits && !isWriting() && hide(waits = false), 500));
  const stop = () => {
    clearInterval(repeat?.ring);
    clearInterval(repeat?.count);
    repeat = undefined;
  };
  return {
    start: () => {
      repeat ??= { ring: setInterval(ring, 20_000), count: setInterval(count, 1_000) };
      count();
      ring();
    },
    stop,
  };
}
