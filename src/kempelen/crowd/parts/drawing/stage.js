/*
 * class Stage: a picture that can be zoomed and moved, and a canvas above it to draw on.
 *
 *   new Stage(place, callbacks)   place: an element made of STAGE (below), in a shadow that has STAGE_STYLES
 *   stage.load(address)           shows a picture; the same address again does nothing. "" shows none
 *   stage.size                    {width, height} of the picture in its own pixels, null until it is there
 *   stage.view                    {scale, x, y}: see view.js. Set by zoomBy(factor, at), panBy(dx, dy), fit(),
 *                                 reveal(point)
 *   stage.room                    {width, height} of the stage in CSS pixels
 *   stage.toPicture(event)        {x, y} of a pointer's event in the picture's pixels, not rounded, maybe outside
 *   stage.toScreen(point)         the way back, in CSS pixels of the stage
 *   stage.redraw()                draws anew with the next frame of the screen, once however often asked
 *   stage.redrawBase()            also what is at rest (drawBase)
 *   stage.gestures.isHand         whether one finger or the first button moves the picture
 *   stage.isOpen                  whether there is a picture to point at
 *   stage.isReadOnly              whether one finger or the first button moves the picture and a click selects
 *
 * Callbacks, all optional:
 *   draw(context, view, room)     draw what moves, for every frame; the context counts in CSS pixels of the stage
 *   drawBase(context, view, room) draw what is at rest, between the picture and that: kept until redrawBase() or
 *                                 until another part is seen; meanwhile its picture is moved along (layer.js)
 *   pointerBegan/Moved/Ended/Cancelled(point, event)   of the pointer that draws
 *   pointerHovered(point, event), pointerLeft()        of one that is not pressed
 *   ready()                       a picture is there;  lost()  it could not be loaded;  viewChanged(view)
 */
import { Gestures } from "./gestures.js";
import { Layer } from "./layer.js";
import { Pixels } from "./pixels.js";
import { fitted, kept, toPicture, toScreen, zoomed } from "./view.js";

export const STAGE = `<div class="stage" tabindex="0" role="application">
    <canvas class="picture" aria-hidden="true"></canvas><canvas class="base" aria-hidden="true"></canvas>
    <canvas class="drawn" aria-hidden="true"></canvas>
    <p class="stage-note loading" hidden>Loading the picture …</p>
    <p class="stage-note lost" role="alert" hidden>The picture could not be loaded.
      <button class="button" type="button">Try again</button></p>
  </div>`;

export const STAGE_STYLES = `
  .stage { position: relative; min-height: 18rem; flex: 1; overflow: hidden; background: var(--crowd-sunk);
    border: 1px solid var(--crowd-line-strong); border-radius: var(--crowd-radius); cursor: crosshair;
    touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; }
  .stage:focus-visible { outline-offset: 1px; }
  .stage:is([data-hand], [data-read-only]) { cursor: grab; }
  .stage[data-panning] { cursor: grabbing !important; }
  .stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  .stage-note { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center;
    gap: 0.75rem; margin: 0; padding: 1rem; text-align: center; color: var(--crowd-ink); cursor: default; }`;

const REVEAL_MARGIN = 24;

export class Stage {
  constructor(place, callbacks) {
    [this.place, this.callbacks] = [place, callbacks];
    this.canvases = ["picture", "base", "drawn"].map((name) => place.querySelector(`canvas.${name}`));
    this.contexts = this.canvases.map((canvas) => canvas.getContext("2d"));
    this.base = new Layer(() => this.redraw());
    this.notes = { loading: place.querySelector(".loading"), lost: place.querySelector(".lost") };
    this.notes.lost.querySelector("button").addEventListener("click", () => this.start());
    [this.address, this.pixels, this.view, this.room] = ["", null, { scale: 1, x: 0, y: 0 }, { width: 0, height: 0 }];
    this.isFitted = true;
    this.gestures = new Gestures(place, this);
    new ResizeObserver(() => this.resize()).observe(place);
  }

  get size() {
    return this.pixels?.size ?? null;
  }

  get isOpen() {
    return this.pixels !== null;
  }

  /** Where the page is nothing else, and where somebody draws. */
  get takesWheel() {
    return this.callbacks.isWholePage || this.place.matches(":focus");
  }

  // ---- The picture ----------------------------------------------------------------------------------

  load(address) {
    if (address === this.address) return;
    this.address = address;
    this.start();
  }

  async start() {
    const { address } = this;
    this.pixels?.close();
    this.pixels = null;
    this.say(address ? "loading" : "");
    this.redraw(true);
    if (!address) return;
    const pixels = await Pixels.load(address).catch(() => null);
    if (address !== this.address || this.pixels) return pixels?.close(); // another was asked for meanwhile
    this.say(pixels ? "" : "lost");
    if (!pixels) return this.tell("lost");
    this.pixels = pixels;
    this.base.isOld = true;
    this.place.style.setProperty("--shape", pixels.size.width / pixels.size.height);
    this.fit();
    return this.tell("ready");
  }

  say(shown) {
    for (const [name, note] of Object.entries(this.notes)) note.hidden = name !== shown;
    this.place.setAttribute("aria-busy", String(shown === "loading"));
  }

  tell(name, ...args) {
    return this.callbacks[name]?.(...args);
  }

  // ---- The view -------------------------------------------------------------------------------------

  show(view, isFitted = false) {
    [this.view, this.isFitted] = [view, isFitted];
    this.redraw(true);
    this.tell("viewChanged", view);
  }

  fit() {
    if (this.isOpen && this.room.width) this.show(fitted(this.size, this.room), true);
  }

  zoomBy(factor, at = { x: this.room.width / 2, y: this.room.height / 2 }) {
    if (this.isOpen) this.show(zoomed(this.view, factor, at, this.size, this.room));
  }

  panBy(dx, dy) {
    const { scale, x, y } = this.view;
    if (this.isOpen) this.show(kept({ scale, x: x + dx, y: y + dy }, this.size, this.room));
  }

  /** Move the picture as little as needed for a point of it to be seen. */
  reveal(point) {
    const { x, y } = this.toScreen(point);
    const by = (at, space) => Math.max(0, REVEAL_MARGIN - at) + Math.min(0, space - REVEAL_MARGIN - at);
    const [dx, dy] = [by(x, this.room.width), by(y, this.room.height)];
    if (dx || dy) this.panBy(dx, dy);
  }

  toPicture(event) {
    return toPicture(this.view, this.gestures.at(event));
  }

  toScreen(point) {
    return toScreen(this.view, point);
  }

  // ---- Gestures -------------------------------------------------------------------------------------

  began(event) {
    this.place.focus({ preventScroll: true });
    this.tell("pointerBegan", this.toPicture(event), event);
  }

  moved(event) {
    this.tell("pointerMoved", this.toPicture(event), event);
  }

  ended(event) {
    this.tell("pointerEnded", this.toPicture(event), event);
  }

  cancelled(event) {
    this.tell("pointerCancelled", this.toPicture(event), event);
  }

  hovered(event) {
    if (this.isOpen) this.tell("pointerHovered", this.toPicture(event), event);
  }

  left() {
    this.tell("pointerLeft");
  }

  panned(dx, dy) {
    this.panBy(dx, dy);
  }

  zoomedAt(factor, at) {
    this.zoomBy(factor, at);
  }

  // ---- Drawing --------------------------------------------------------------------------------------

  resize() {
    const { clientWidth: width, clientHeight: height } = this.place;
    const { view, room } = this;
    this.room = { width, height };
    if (!this.isOpen || !width) return this.redraw(true);
    if (this.isFitted || !room.width) return this.fit();
    const [dx, dy] = [(width - room.width) / 2, (height - room.height) / 2]; // what was in the middle stays there
    return this.show(kept({ scale: view.scale, x: view.x + dx, y: view.y + dy }, this.size, this.room));
  }

  redraw(isPictureToo = false) {
    this.isPictureOld ||= isPictureToo;
    this.frame ??= requestAnimationFrame(() => this.paint());
  }

  redrawBase() {
    this.base.isOld = true;
    this.redraw();
  }

  paint() {
    this.frame = undefined;
    const ratio = window.devicePixelRatio || 1;
    this.canvases.forEach((canvas) => this.measure(canvas, ratio));
    const [below, base, above] = this.contexts;
    if (this.isPictureOld) {
      this.clear(below, ratio);
      this.pixels?.paint(below, this.view, this.room, ratio);
    }
    if (this.callbacks.drawBase && (this.isPictureOld || this.base.isOld)) {
      this.clear(base, ratio);
      if (this.isOpen) this.base.paint(base, this.view, this.room, ratio, (...args) => this.tell("drawBase", ...args));
    }
    this.isPictureOld = false;
    this.clear(above, ratio);
    if (this.isOpen) this.tell("draw", above, this.view, this.room);
  }

  /** As many pixels as the screen has for the canvas. */
  measure(canvas, ratio) {
    const [width, height] = [Math.round(this.room.width * ratio), Math.round(this.room.height * ratio)];
    if (canvas.width === width && canvas.height === height) return;
    [canvas.width, canvas.height] = [width, height];
    this.isPictureOld = true;
  }

  clear(context, ratio) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.room.width, this.room.height);
  }
}
