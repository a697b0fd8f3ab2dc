/* What both classifiers of pictures share: the picture, what was drawn on it before, and a comment of the worker's. */
import { Classifier, classifierMarkup, classifierStyles } from "./classifier.js";
import { Overlay, OVERLAY, OVERLAY_LEGEND, OVERLAY_STYLES } from "./overlay.js";
import { Picture, PICTURE, PICTURE_STYLES } from "./picture.js";

const COMMENT = `<div class="comment" hidden><button class="button link" type="button" aria-expanded="false"></button>
  <label hidden><span class="label"></span><textarea class="field" rows="3"></textarea></label></div>`;

export const imageClassifierMarkup = classifierMarkup(
  `${PICTURE.replace("</div>", `${OVERLAY}</div>`)}${OVERLAY_LEGEND}<slot></slot>`, COMMENT);

export const imageClassifierStyles = `${classifierStyles} ${PICTURE_STYLES} ${OVERLAY_STYLES}
  .comment { margin-top: 1rem; }
  .target { text-align: center; }
  textarea { line-height: 1.5; resize: vertical; }`;

export class ImageClassifier extends Classifier {
  constructor() {
    super();
    this.picture = new Picture(this.root);
    this.earlier = new Overlay(this.root);
    this.picture.onShown = () => this.drawOverlay();
    this.comment = this.part$(".comment textarea");
    this.comment.addEventListener("input", () => this.validate());
    this.comment.addEventListener("change", () => this.announce("change"));
    this.part$(".comment button").addEventListener("click", () => this.openComment());
    this.frame.onArranged = () => this.arrangeComment();
  }

  update() {
    super.update();
    this.picture.at(this.getAttribute("src") ?? "");
    this.comment.disabled = this.isDisabled;
    if (this.drawn !== this.getAttribute("overlay")) this.drawOverlay();
  }

  drawOverlay() {
    this.drawn = this.getAttribute("overlay");
    this.earlier.draw(this.drawn, this.picture.image);
  }

  keyLines() {
    const lines = super.keyLines();
    return this.getAttribute("overlay") ? [...lines, ["o", "Show or hide what was drawn"]] : lines;
  }

  press(key) {
    if (key !== "o" || !this.getAttribute("overlay")) return super.press(key);
    this.earlier.toggle();
    return true;
  }

  arrangeComment() {
    const region = this.frame.region("worker-comment");
    const [place, link, label] = [".comment", ".comment button", ".comment label"].map((one) => this.part$(one));
    place.hidden = !region;
    if (!region) return;
    link.textContent = region.getAttribute("link-text") || "Add a comment";
    label.querySelector(".label").textContent = region.getAttribute("header") || "Add a comment";
    this.comment.placeholder = region.getAttribute("placeholder") ?? "";
  }

  openComment(isFocused = true) {
    this.part$(".comment label").hidden = false;
    this.part$(".comment button").hidden = true;
    if (isFocused) this.comment.focus();
  }

  answer() {
    const answer = super.answer();
    return this.comment.value ? { ...answer, workerComment: this.comment.value } : answer;
  }

  enter(taken) {
    this.comment.value = taken("workerComment") ?? "";
    if (this.comment.value) this.openComment(false);
    super.enter(taken);
  }

  reset() {
    this.comment.value = "";
    super.reset();
  }
}
