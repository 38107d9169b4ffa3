// Live pictures, one asked for after the other: over a slow line there are fewer of them, never late ones. Boxes are drawn here, over the picture.
const stale = 3000;
const svg = 'http://www.w3.org/2000/svg';

function boxes(holder, people) {
  const shapes = [];
  for (const person of people) {
    const box = document.createElementNS(svg, 'rect');
    box.setAttribute('x', person.left * 100);
    box.setAttribute('y', person.top * 100);
    box.setAttribute('width', Math.max(0, (person.right - person.left) * 100));
    box.setAttribute('height', Math.max(0, (person.bottom - person.top) * 100));
    box.setAttribute('class', person.zone === null || person.zone === undefined ? 'person' : 'person inside');
    box.setAttribute('vector-effect', 'non-scaling-stroke');
    shapes.push(box);
  }
  holder.replaceChildren(...shapes);
}

function read(text) {
  try { return JSON.parse(text ?? '[]'); } catch { return []; }
}

export function show(element) {
  const image = element.querySelector('img');
  const people = element.querySelector('.people');
  const clock = element.querySelector('.taken');
  const end = new AbortController();
  let taken = 0;
  let address = '';

  // A picture that is older is never shown as if it were live, whatever happened to the line.
  const watch = setInterval(() => {
    element.classList.toggle('stale', taken > 0 && performance.now() - taken > stale);
  }, 500);

  async function run() {
    let after = 0;
    while (!end.signal.aborted) {
      // Nobody looks at a page in the background, and a worker sends nothing then.
      if (document.hidden) { await pause(1000); continue; }
      try {
        const answer = await fetch(`/api/v1/cameras/${encodeURIComponent(element.dataset.code)}/live?after=${after}`, { signal: end.signal, cache: 'no-store' });
        if (answer.status === 200) {
          const number = Number(answer.headers.get('Anlan-Picture'));
          const bytes = await answer.blob();
          // The one before again: no newer one came within the server's wait.
          if (number === after) { await pause(1500); continue; }
          after = number;
          taken = performance.now() - Number(answer.headers.get('Anlan-Age-Ms'));
          const next = URL.createObjectURL(bytes);
          image.src = next;
          if (address) URL.revokeObjectURL(address);
          address = next;
          image.hidden = false;
          element.classList.add('has-picture');
          boxes(people, read(answer.headers.get('Anlan-People')));
          clock.textContent = new Date(answer.headers.get('Anlan-Taken-At')).toLocaleTimeString(document.documentElement.lang, { timeZone: element.dataset.zone, hourCycle: 'h23' });
        } else {
          await pause(answer.status === 204 ? 1500 : 4000);
        }
      } catch {
        if (!end.signal.aborted) await pause(2000);
      }
    }
  }

  function pause(ms) {
    return new Promise(done => { setTimeout(done, ms); end.signal.addEventListener('abort', done, { once: true }); });
  }

  run();
  return { stop() { end.abort(); clearInterval(watch); if (address) URL.revokeObjectURL(address); } };
}

export function full(element) {
  if (document.fullscreenElement) document.exitFullscreen(); else element.requestFullscreen?.();
}
