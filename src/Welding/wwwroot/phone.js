// The phone page works without this: it only follows the machine, counts down and vibrates.
(() => {
  const { live, seen, every, again, outcome, place } = document.currentScript.dataset;
  const left = document.querySelector('[data-until]');
  const pad = number => String(number).padStart(2, '0');

  if (left) {
    // Counted from the moment of delivery: the phone's own clock may be wrong.
    const end = performance.now() + Number(left.dataset.until) * 1000;
    setInterval(() => {
      const seconds = Math.max(0, Math.floor((end - performance.now()) / 1000));
      left.textContent = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
    }, 1000);
  }

  // One form starts with the PIN, one with a passkey: both tell the place.
  const [latitudes, longitudes] = ['latitude', 'longitude'].map(name => document.querySelectorAll(`[data-${name}]`));
  if (place !== undefined && latitudes.length > 0) {
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      for (const field of latitudes) field.value = coords.latitude;
      for (const field of longitudes) field.value = coords.longitude;
    }, null, { enableHighAccuracy: true });
  }

  if (outcome && navigator.vibrate && navigator.userActivation?.hasBeenActive) navigator.vibrate(outcome === 'powered' ? 400 : [120, 120, 120]);
  if (live) {
    // A page that draws itself anew would take away what somebody has typed, or the answer to what they have just sent.
    let isSent = false;
    addEventListener('submit', () => { isSent = true; });
    const isInUse = () => isSent || [...document.querySelectorAll('input:not([type=hidden]), textarea')].some(field => field.value !== field.defaultValue);
    const renew = () => { if (!isInUse()) location.reload(); };
    setInterval(async () => {
      try {
        const answer = await fetch(live);
        if (!answer.ok) return;
        const now = await answer.json();
        if ([now.phase, now.isPowered, now.isOwn, now.state].join('|') !== seen) renew();
      } catch {
        // No network: what is shown stays, the machine's own clock cuts the power.
      }
    }, Number(every));
    if (again) setTimeout(renew, Number(again));
  }
})();
