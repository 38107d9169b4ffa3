// Zoom, move and tips of the map. The server draws the picture; only the window onto it is moved here.
export function take(box) {
  const map = box.querySelector('svg.map');
  const tip = box.querySelector('.tip');
  const ending = new AbortController();
  const on = (target, kind, act, options) => target.addEventListener(kind, act, { signal: ending.signal, ...options });
  const home = () => { const [, , width, height] = map.dataset.home.split(' ').map(Number); return { width, height }; };
  let view;

  const show = () => {
    const { width, height } = home();
    view.scale = Math.min(12, Math.max(1, view.scale));
    const [wide, high] = [width / view.scale, height / view.scale];
    view.x = Math.min(width - wide, Math.max(0, view.x));
    view.y = Math.min(height - high, Math.max(0, view.y));
    map.setAttribute('viewBox', `${view.x} ${view.y} ${wide} ${high}`);
    map.style.setProperty('--k', 1 / view.scale);
    box.querySelector('[data-zoom=in]').disabled = view.scale >= 12;
    box.querySelector('[data-zoom=out]').disabled = box.querySelector('[data-zoom=all]').disabled = view.scale <= 1;
    tip.hidden = true;
  };
  const showAll = () => { view = { x: 0, y: 0, scale: 1 }; show(); };
  // Keeps the point at the fraction (fx, fy) of the window where it is.
  const zoom = (by, fx = .5, fy = .5) => {
    const { width, height } = home();
    const before = view.scale;
    view.scale = Math.min(12, Math.max(1, before * by));
    view.x += fx * (width / before - width / view.scale);
    view.y += fy * (height / before - height / view.scale);
    show();
  };
  const move = (right, down) => { view.x += right; view.y += down; show(); };
  const acts = { in: () => zoom(1.6), out: () => zoom(1 / 1.6), all: showAll };

  on(box, 'click', pressed => acts[pressed.target.closest('[data-zoom]')?.dataset.zoom]?.());
  on(box, 'keydown', pressed => {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const step = home().width / view.scale / 10;
    const act = { '+': acts.in, '=': acts.in, '-': acts.out, '0': showAll, Escape: () => { tip.hidden = true; },
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step) }[pressed.key];
    if (!act) return;
    act();
    pressed.preventDefault();
  });
  on(map, 'wheel', turned => {
    if (!turned.ctrlKey) return; // the plain wheel scrolls the page
    const place = map.getBoundingClientRect();
    zoom(turned.deltaY < 0 ? 1.25 : .8, (turned.clientX - place.left) / place.width, (turned.clientY - place.top) / place.height);
    turned.preventDefault();
  }, { passive: false });

  let held, wasMoved = false;
  on(map, 'pointerdown', down => { if (down.button === 0 && view.scale > 1) held = { x: down.clientX, y: down.clientY }; wasMoved = false; });
  on(map, 'pointermove', at => {
    if (!held || (!wasMoved && Math.hypot(at.clientX - held.x, at.clientY - held.y) < 4)) return;
    if (!wasMoved) { wasMoved = true; map.setPointerCapture(at.pointerId); map.classList.add('moving'); }
    const scale = home().width / view.scale / map.getBoundingClientRect().width;
    move((held.x - at.clientX) * scale, (held.y - at.clientY) * scale);
    held = { x: at.clientX, y: at.clientY };
  });
  for (const kind of ['pointerup', 'pointercancel']) on(map, kind, () => { held = undefined; map.classList.remove('moving'); });
  on(map, 'click', pressed => { if (wasMoved) { pressed.preventDefault(); pressed.stopPropagation(); wasMoved = false; } }, { capture: true });
  on(map, 'dragstart', begun => begun.preventDefault());

  const tell = mark => {
    if (!mark) { tip.hidden = true; return; }
    const [at, around] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
    tip.textContent = mark.getAttribute('aria-label');
    tip.hidden = false;
    const half = tip.offsetWidth / 2 + 4;
    tip.style.left = Math.min(around.width - half, Math.max(half, at.left + at.width / 2 - around.left)) + 'px';
    tip.style.top = at.top + at.height / 2 - around.top + 'px';
    tip.classList.toggle('below', at.top - around.top < 50);
  };
  on(map, 'pointerover', at => tell(at.target.closest('a.mark')));
  on(map, 'focusin', at => {
    const mark = at.target.closest('a.mark');
    const [inner, outer] = [mark?.getBoundingClientRect(), map.getBoundingClientRect()];
    if (inner && (inner.left < outer.left || inner.right > outer.right || inner.top < outer.top || inner.bottom > outer.bottom)) {
      const scale = home().width / view.scale / outer.width;
      move((inner.left + inner.right - outer.left - outer.right) / 2 * scale, (inner.top + inner.bottom - outer.top - outer.bottom) / 2 * scale);
    }
    tell(mark);
  });
  for (const kind of ['pointerleave', 'focusout']) on(map, kind, () => tell());

  showAll();
  return { showAll, letGo: () => ending.abort() };
}
