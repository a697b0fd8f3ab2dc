/*
 * Scroll: where the page stands is told to the page around, which has it stand there again when it has been
 * made anew.  A part of the runtime (runtime.js) in previews on the requester's own machine only:
 *   to the page around:  scroll {x, y}
 *   from it:             scroll-to {x, y}
 */
(() => {
  "use strict";

  const { tell, hear } = kempelen;
  let wanted = null;
  let isTold = false;

  /** Pages grow while they load: until somebody scrolls, the place is taken again with all that comes. */
  const take = () => wanted && scrollTo({ left: wanted.x, top: wanted.y, behavior: "instant" });

  function tellSoon() {
    if (isTold) return;
    isTold = true;
    requestAnimationFrame(() => {
      isTold = false;
      tell({ kempelen: "scroll", x: window.scrollX, y: window.scrollY });
    });
  }

  hear("scroll-to", ({ x, y }) => {
    wanted = { x: Number(x) || 0, y: Number(y) || 0 };
    take();
  });
  for (const kind of ["load", "crowd-form-ready"]) window.addEventListener(kind, take);
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
    window.addEventListener(kind, () => (wanted = null), { capture: true, passive: true });
  window.addEventListener("scroll", tellSoon, { passive: true });
})();
