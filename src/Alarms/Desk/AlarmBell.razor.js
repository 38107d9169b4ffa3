// Two tones at once and then every 20 seconds while an alarm waits. A browser plays nothing before its reader has touched the page once; it is tried again then.
export function bell() {
  let repeat;
  let context;
  const hide = (away) => document.querySelector('.alarm-pop')?.classList.toggle('away', away);
  const ring = () => {
    hide(false);
    context ??= new AudioContext();
    context.resume();
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
  };
  const touched = () => context?.state === 'suspended' && context.resume();
  addEventListener('pointerdown', touched);
  // Out of the way until the next ring; only somebody who takes it over ends it.
  addEventListener('keydown', (pressed) => pressed.key === 'Escape' && hide(true));
  addEventListener('keydown', touched);
  const stop = () => {
    clearInterval(repeat);
    repeat = undefined;
  };
  return {
    start: () => {
      if (repeat) return;
      ring();
      repeat = setInterval(ring, 20_000);
    },
    stop,
  };
}
