/*
 * What fingers, pens and mice do on a stage: one draws, two zoom and move, as do the wheel, the middle
 * button, and dragging with the space bar held or by the hand tool. Tells its owner:
 *   began/moved/ended/cancelled(event)  of the one pointer that draws (a second finger cancels it)
 *   hovered(event), left()              of a pointer that only shows itself
 *   panned(dx, dy), zoomedAt(factor, {x, y})   in CSS pixels of the stage
 * and asks it: isOpen (anything to point at), isReadOnly (one pointer moves the picture, a click is still told),
 * takesWheel (else the wheel scrolls the page, unless Ctrl is held).
 */
const STEP = 1.0015; // per unit of a wheel
const LINE = 16;
const STILL = 3; // CSS pixels that a click may move

export class Gestures {
  constructor(place, owner) {
    [this.place, this.owner] = [place, owner];
    this.down = new Map();
    this.mode = ""; // "", draw, pan, pinch, over (a pinch whose other finger is still down)
    this.isHand = false;
    this.isSpaceHeld = false;
    const on = (kind, act, options) => place.addEventListener(kind, act.bind(this), options);
    on("pointerdown", this.onDown);
    on("pointermove", this.onMove);
    on("pointerup", this.onUp);
    on("pointercancel", this.onCancel);
    on("pointerleave", () => this.mode || owner.left());
    on("blur", () => (this.isSpaceHeld = false)); // its coming up may be told to another window
    on("wheel", this.onWheel, { passive: false });
    on("contextmenu", (event) => this.down.size && event.preventDefault());
  }

  at(event) {
    const edge = this.place.getBoundingClientRect();
    return { x: event.clientX - edge.left - this.place.clientLeft, y: event.clientY - edge.top - this.place.clientTop };
  }

  onDown(event) {
    if (event.button > 1 || !this.owner.isOpen) return;
    const isPanning = event.button === 1 || this.isHand || this.isSpaceHeld || this.owner.isReadOnly;
    const at = this.at(event);
    this.down.set(event.pointerId, at);
    this.place.setPointerCapture(event.pointerId);
    if (event.button === 1) event.preventDefault(); // no automatic scrolling
    if (this.down.size > 1) return this.pinch(event);
    [this.hasPanned, this.start] = [false, at];
    this.mode = isPanning ? "pan" : "draw";
    this.place.toggleAttribute("data-panning", isPanning);
    return isPanning ? undefined : this.owner.began(event);
  }

  pinch(event) {
    if (this.mode === "draw") this.owner.cancelled(event);
    this.mode = this.down.size === 2 ? "pinch" : "over";
  }

  onMove(event) {
    if (!this.down.has(event.pointerId)) {
      if (!this.mode && event.pointerType !== "touch") this.owner.hovered(event);
      return;
    }
    const before = [...this.down.values()];
    const [old, now] = [this.down.get(event.pointerId), this.at(event)];
    if (this.mode === "pan" && !this.hasPanned && Math.hypot(now.x - this.start.x, now.y - this.start.y) < STILL) return;
    this.down.set(event.pointerId, now);
    if (this.mode === "draw") this.owner.moved(event);
    if (this.mode === "pan") this.pan(now.x - old.x, now.y - old.y);
    if (this.mode === "pinch") this.spread(before, [...this.down.values()]);
  }

  pan(dx, dy) {
    this.hasPanned = true;
    this.owner.panned(dx, dy);
  }

  spread([one, other], [oneNow, otherNow]) {
    const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    const apart = (a, b) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
    const [from, to] = [middle(one, other), middle(oneNow, otherNow)];
    this.owner.panned(to.x - from.x, to.y - from.y);
    this.owner.zoomedAt(apart(oneNow, otherNow) / apart(one, other), to);
  }

  onUp(event) {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "draw") this.owner.ended(event);
    if (this.mode === "pan" && !this.hasPanned && this.owner.isReadOnly && event.button === 0) this.click(event);
    this.release();
  }

  click(event) {
    this.owner.began(event);
    this.owner.ended(event);
  }

  onCancel(event) {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "draw") this.owner.cancelled(event);
    this.release();
  }

  release() {
    this.mode = this.down.size ? "over" : "";
    this.place.removeAttribute("data-panning");
  }

  onWheel(event) {
    if (!this.owner.isOpen || !(event.ctrlKey || this.owner.takesWheel)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) this.owner.panned(-(dx || dy), event.shiftKey ? 0 : -dy);
    else this.owner.zoomedAt((event.ctrlKey ? STEP ** 6 : STEP) ** -Math.max(-300, Math.min(300, dy)), this.at(event));
  }
}
