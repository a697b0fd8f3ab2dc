/*
 * Stands in for Popper 1 (`new Popper(reference, popup, options)`) and 2 (`Popper.createPopper(…)`): the
 * pop-up stands on the side that was asked for, or on the other where there is no room, and follows when
 * the window scrolls or changes.  Modifiers are not there.  Bootstrap's scripts bring the real one.
 */
(() => {
  "use strict";

  const OTHER = { top: "bottom", bottom: "top", left: "right", right: "left" };
  const placementOf = (options) => String(options?.placement ?? "bottom").replace("auto", "bottom");

  /** Where along its side a pop-up of this length begins, beside something from `start` of that `length`. */
  function along(alignment, start, length, own) {
    if (alignment === "start") return start;
    return alignment === "end" ? start + length - own : start + (length - own) / 2;
  }

  function placed(side, alignment, beside, popup) {
    const isAbove = side === "top" || side === "bottom";
    const x = isAbove ? along(alignment, beside.left, beside.width, popup.width) : side === "left" ? beside.left - popup.width : beside.right;
    const y = isAbove ? (side === "top" ? beside.top - popup.height : beside.bottom) : along(alignment, beside.top, beside.height, popup.height);
    return { x, y };
  }

  const hasRoom = ({ x, y }, { width, height }) => x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight;

  class Popper {
    constructor(reference, popup, options = {}) {
      this.reference = reference.jquery ? reference[0] : reference;
      this.popper = popup.jquery ? popup[0] : popup;
      this.options = options;
      this.state = { elements: { reference: this.reference, popper: this.popper }, placement: placementOf(options) };
      this.update = this.update.bind(this);
      this.scheduleUpdate = () => requestAnimationFrame(this.update);
      for (const kind of ["scroll", "resize"]) addEventListener(kind, this.update, { capture: true, passive: true });
      this.update();
      this.options.onCreate?.(this);
      this.options.onFirstUpdate?.(this.state);
    }

    update() {
      Object.assign(this.popper.style, { position: "fixed", left: "0", top: "0", margin: "0", transform: "none" });
      const beside = this.reference.getBoundingClientRect();
      const own = this.popper.getBoundingClientRect();
      const [side, alignment] = placementOf(this.options).split("-");
      const asked = placed(side, alignment, beside, own);
      const turned = placed(OTHER[side], alignment, beside, own);
      const takesAsked = hasRoom(asked, own) || !hasRoom(turned, own);
      const { x, y } = takesAsked ? asked : turned;
      this.state.placement = [takesAsked ? side : OTHER[side], alignment].filter(Boolean).join("-");
      this.popper.setAttribute("x-placement", this.state.placement);
      this.popper.dataset.popperPlacement = this.state.placement;
      Object.assign(this.popper.style, { left: `${x}px`, top: `${y}px` });
      return Promise.resolve(this.state);
    }

    forceUpdate() {
      void this.update();
    }

    setOptions(options) {
      this.options = typeof options === "function" ? options(this.options) : { ...this.options, ...options };
      return this.update();
    }

    destroy() {
      for (const kind of ["scroll", "resize"]) removeEventListener(kind, this.update, { capture: true });
    }
  }
  Popper.createPopper = (reference, popup, options) => new Popper(reference, popup, options);
  Popper.placements = ["top", "bottom", "left", "right"].flatMap((side) => [side, `${side}-start`, `${side}-end`]);
  window.Popper = Popper;
})();
