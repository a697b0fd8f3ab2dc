/*
 * class MaskAnswer: what a mask is as an answer, and where masks come from: an answer that is entered again, an
 * initial value. The PNG has the picture's size; each thing has a colour of its own in it.
 *   mask     what each pixel shows; null until it is known how large the picture is
 *   things   what there is to be painted: numbers to {label, colour}; numbers are those of the mask
 * A subclass gives:
 *   mapping()                       its part of the answer beside the PNG
 *   thingsIn(contents, isInitial)   the things of an answer or an initial value: [{label, colour}]
 *   coloursIn(contents)             all colours that such a thing names
 */
import { jsonOf } from "../answers.js";
import { freshColour, hexOf, NOTHING, numberOf } from "./mask-colours.js";
import { Mask, MOST_THINGS } from "./mask.js";
import { fetched, read } from "./mask-source.js";
import { partsOf } from "./palette.js";
import { NotAPicture } from "./png-in.js";
import { PngWriter } from "./png-out.js";
import { Raster } from "./raster.js";
import { DrawingTool } from "./tool.js";

const LATEST = 2000; // milliseconds until what is sent is told to a form, however busy the browser is
const SPARE = 4; // milliseconds of its leisure that a band of the PNG needs
const whenIdle = window.requestIdleCallback ?? ((act) => setTimeout(() => act({ didTimeout: true }), 200));

export class MaskAnswer extends DrawingTool {
  constructor() {
    super();
    [this.mask, this.things] = [null, new Map()];
    this.raster = new Raster();
    this.part$(".mask-note button").addEventListener("click", () => this.fetchInitial());
    this.onFormData = this.onFormData.bind(this);
  }

  formAssociatedCallback(form) {
    this.formBefore?.removeEventListener("formdata", this.onFormData);
    form?.addEventListener("formdata", this.onFormData);
    this.formBefore = form;
  }

  // ---- Colours -----------------------------------------------------------------------------------------------

  /** The colour of each number, for the PNG. */
  get colours() {
    const most = Math.max(0, ...this.things.keys());
    return Array.from({ length: most + 1 }, (_, number) => this.things.get(number)?.colour ?? NOTHING);
  }

  /** Put a thing to the others; gives its number, 0 if there are too many. */
  addThing(label, wanted = "") {
    const taken = new Set([...this.things.values()].map(({ colour }) => colour));
    const kept = new Set([...taken, ...(this.wanted ?? [])]);
    const free = Array.from({ length: MOST_THINGS }, (_, i) => i + 1).find((number) => !this.things.has(number)) ?? 0;
    const parts = partsOf(wanted);
    const colour = parts && hexOf(parts);
    const isFit = colour && colour !== NOTHING && !taken.has(colour);
    if (free) this.things.set(free, { label, colour: isFit ? colour : freshColour(kept) });
    return free;
  }

  /** Put things to the others; the colours that came with them, or with what is left out, are nobody else's. */
  addThings(things, colours = []) {
    this.wanted = colours.map((colour) => partsOf(colour)).filter(Boolean).map(hexOf);
    for (const { label, colour } of things) this.addThing(label, colour);
    this.wanted = undefined;
  }

  // ---- Forms without crowd-form -------------------------------------------------------------------------------

  /** After each stroke; a large picture's PNG takes longer than a frame, so it is written by bands, at leisure. */
  tellForm() {
    this.isUntold = true;
    if (this.isDisabled || !this.mask) this.tellFormNow();
    else this.idle ??= whenIdle((deadline) => this.atLeisure(deadline), { timeout: LATEST });
  }

  atLeisure(deadline) {
    this.idle = undefined;
    const isWritten = deadline.didTimeout || !this.mask ||
      this.writer.prepare(this.colours, () => deadline.timeRemaining() > SPARE);
    if (!this.isUntold) return;
    if (isWritten) this.tellFormNow();
    else this.tellForm();
  }

  tellFormNow() {
    this.isUntold = false;
    super.tellForm();
  }

  /** A form is being read before there was leisure. */
  onFormData({ formData }) {
    const name = this.getAttribute("name");
    if (!this.isUntold || !name || this.isDisabled) return;
    this.tellFormNow();
    formData.set(name, this.sent() ?? "");
  }

  // ---- The answer --------------------------------------------------------------------------------------------

  contents() {
    const pngImageData = this.mask ? this.writer.base64(this.colours) : this.unread;
    return { ...this.mapping(), labeledImage: { pngImageData } };
  }

  /** Put a mask in place of what is painted; there is none until the picture's size is known. */
  put(mask) {
    this.mask = mask;
    this.raster.forget();
    this.places = undefined;
    if (!mask) return;
    this.writer = new PngWriter(mask);
    mask.watch((box) => this.raster.changed(box));
  }

  take(contents, isInitial) {
    this.things = new Map();
    this.unread = undefined;
    this.put(null);
    this.note("");
    this.addThings(this.thingsIn(contents, isInitial), this.coloursIn(contents));
    if (isInitial) this.fetchInitial(contents);
    else this.enterMask(contents);
    if (this.stage.isOpen) this.fitMask();
  }

  enterMask(contents) {
    const text = contents.labeledImage?.pngImageData;
    if (!text) return;
    const found = read(String(text), this.numbersByColour());
    if (typeof found === "string") this.note(`What was painted before cannot be shown: ${found}.`);
    else this.put(found.mask);
  }

  numbersByColour() {
    return new Map([...this.things].map(([number, { colour }]) => [numberOf(colour), number]));
  }

  /** Fetch the mask of the initial value; nothing can be painted or sent until it is there, or known to be lost. */
  async fetchInitial(contents = this.initial) {
    this.initial = contents;
    const address = typeof contents?.src === "string" ? contents.src.trim() : "";
    const run = (this.run = Symbol(address));
    this.isFetching = address !== "";
    if (!address) return;
    this.note("Loading the mask to begin with …", false);
    const bytes = await fetched(address).catch((error) => (error instanceof NotAPicture ? error.message : Promise.reject(error)));
    if (run !== this.run) return;
    const numbers = this.isEntered ? undefined : this.numbersByColour();
    this.isFetching = false;
    const found = typeof bytes === "string" ? bytes : read(bytes, numbers ?? new Map());
    if (typeof found === "string") this.note(`The mask to begin with cannot be shown: ${found}.`, true);
    else this.begin(found, bytes);
    this.refresh();
    this.validate();
  }

  begin({ mask, unknown }, bytes) {
    this.note(unknown ? `${unknown.toLocaleString()} pixels of the mask to begin with have a colour of no label; they are left out.` : "");
    if (this.isEntered) this.initialContents = this.contentsOfInitial(bytes);
    else {
      this.put(mask);
      if (this.stage.isOpen) this.fitMask();
      this.initialContents = jsonOf(this.contents());
    }
  }

  /** What the initial value is as an answer, while something else is painted. */
  contentsOfInitial(bytes) {
    const now = [this.things, this.mask, this.writer];
    this.things = new Map();
    this.addThings(this.thingsIn(this.initial, true), this.coloursIn(this.initial));
    const { mask } = read(bytes, this.numbersByColour());
    const size = this.size ?? mask;
    this.put(mask.width === size.width && mask.height === size.height ? mask : mask.resized(size.width, size.height));
    const contents = jsonOf(this.contents());
    [this.things, this.mask, this.writer] = now;
    this.raster.forget();
    return contents;
  }

  fault() {
    return super.fault() || (this.isFetching ? "The mask to begin with is not there yet. Wait for it." : "");
  }

  /** Say what is wrong with a mask from elsewhere, and offer to try again. */
  note(sentence, canTry = false) {
    const place = this.part$(".mask-note");
    place.hidden = !sentence;
    place.firstElementChild.textContent = sentence;
    place.querySelector("button").hidden = !canTry;
  }

  ready() {
    this.fitMask();
    super.ready();
  }

  /** A mask of the picture's size: an empty one, or the one that there is in that size. */
  fitMask() {
    const { width, height } = this.size;
    const { mask } = this;
    if (mask?.width === width && mask.height === height) return;
    this.put(mask ? mask.resized(width, height) : new Mask(width, height));
    if (!mask && !this.isEntered && !this.isFetching) this.initialContents = jsonOf(this.contents());
  }
}
