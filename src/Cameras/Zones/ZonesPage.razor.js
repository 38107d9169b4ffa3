// Mouse, pen and finger on the picture. What was done is told to the page, which keeps the zones; while something is moved, only what is seen moves.
export function edit(stage, page) {
  const end = new AbortController();
  const canvas = stage.querySelector('.canvas');
  let held = null;

  function at(event) {
    const box = stage.getBoundingClientRect();
    const part = (value, from, size) => Math.min(1, Math.max(0, (value - from) / size));
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  }

  // Shown at once: a way to the server and back lies between a hand and the page.
  function follow(x, y) {
    held.button.style.left = `${x * 100}%`;
    held.button.style.top = `${y * 100}%`;
    const polygon = canvas.querySelector(`polygon[data-zone="${held.zone}"]`);
    if (!polygon) return;
    const points = [...held.points];
    const corner = `${x * 100},${y * 100}`;
    if (held.before === null) points[held.corner] = corner; else points.splice(held.before, 0, corner);
    polygon.setAttribute('points', points.join(' '));
  }

  stage.addEventListener('pointerdown', event => {
    const tool = stage.dataset.tool;
    const button = event.target.closest('button[data-zone]');
    if (tool === 'none') return;
    if (tool === 'move' && button) {
      const zone = Number(button.dataset.zone);
      const polygon = canvas.querySelector(`polygon[data-zone="${zone}"]`);
      held = {
        button, zone, moved: false,
        corner: button.dataset.corner === undefined ? null : Number(button.dataset.corner),
        before: button.dataset.before === undefined ? null : Number(button.dataset.before),
        points: polygon ? polygon.getAttribute('points').trim().split(/\s+/) : [],
      };
      button.setPointerCapture(event.pointerId);
      button.focus();
      event.preventDefault();
    } else if (tool === 'move') {
      const polygon = event.target.closest('polygon[data-zone]');
      if (polygon) page.invokeMethodAsync('Chosen', Number(polygon.dataset.zone));
    } else {
      const [x, y] = at(event);
      page.invokeMethodAsync('Pointed', x, y);
      event.preventDefault();
    }
  }, { signal: end.signal });

  stage.addEventListener('pointermove', event => {
    if (!held) return;
    held.moved = true;
    follow(...at(event));
  }, { signal: end.signal });

  stage.addEventListener('pointerup', event => {
    if (!held) return;
    const { zone, corner, before, moved } = held;
    held = null;
    if (!moved) return;
    const [x, y] = at(event);
    if (before === null) page.invokeMethodAsync('CornerMoved', zone, corner, x, y); else page.invokeMethodAsync('CornerInserted', zone, before, x, y);
  }, { signal: end.signal });

  stage.addEventListener('pointercancel', () => { held = null; }, { signal: end.signal });

  // The arrows move a corner, not the page.
  stage.addEventListener('keydown', event => {
    if (event.target.closest('.corner') && event.key.startsWith('Arrow')) event.preventDefault();
  }, { signal: end.signal });

  document.addEventListener('keydown', event => {
    if (stage.dataset.tool === 'none' || event.target.closest('input, select, textarea, dialog')) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === 'z') page.invokeMethodAsync('Pressed', event.shiftKey ? 'redo' : 'undo');
    else if ((event.ctrlKey || event.metaKey) && key === 'y') page.invokeMethodAsync('Pressed', 'redo');
    else if (key === 'enter' && stage.dataset.tool !== 'move') page.invokeMethodAsync('Pressed', 'close');
    else if (key === 'escape') page.invokeMethodAsync('Pressed', 'escape');
    else return;
    event.preventDefault();
  }, { signal: end.signal });

  return { stop() { end.abort(); } };
}
