// Where the phone is: [latitude, longitude], or nothing where its owner or the connection does not allow it.
export const where = (wait) => new Promise((resolve) => {
  if (!isSecureContext || !navigator.geolocation) resolve(null);
  else navigator.geolocation.getCurrentPosition(({ coords }) => resolve([coords.latitude, coords.longitude]), () => resolve(null), { enableHighAccuracy: true, timeout: wait, maximumAge: 60_000 });
});
