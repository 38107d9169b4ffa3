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

  const [latitude, longitude] = ['latitude', 'longitude'].map(id => document.getElementById(id));
  if (place !== undefined && latitude && longitude) {
    navigator.geolocation?.getCurrentPosition(({ coords }) => { [latitude.value, longitude.value] = [coords.latitude, coords.longitude]; }, null, { enableHighAccuracy: true });
  }

  if (outcome && navigator.vibrate && navigator.userActivation?.hasBeenActive) navigator.vibrate(outcome === 'powered' ? 400 : [120, 120, 120]);
  if (live) {
    setInterval(async () => {
      try {
        const answer = await fetch(live);
        if (!answer.ok) return;
        const now = await answer.json();
        if ([now.phase, now.isPowered, now.isOwn, now.state].join('|') !== seen) location.reload();
      } catch {
        // No network: what is shown stays, the machine's own clock cuts the power.
      }
    }, Number(every));
    if (again) setTimeout(() => location.reload(), Number(again));
  }
})();
