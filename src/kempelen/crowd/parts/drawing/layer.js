/*
 * What is at rest above the picture, drawn once and kept. While the view moves, what was drawn is moved and
 * stretched along with it, and drawn anew now and then, and when the view has come to rest.
 */
const OLD_MS = 100;

export class Layer {
  /** `settle` is called when it should be painted once more. */
  constructor(settle) {
    this.settle = settle;
    this.kept = document.createElement("canvas");
    this.context = this.kept.getContext("2d");
    this.isOld = true;
  }

  paint(context, view, room, ratio, draw) {
    const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    const isOtherSize = this.kept.width !== width || this.kept.height !== height;
    const isMoved = this.view !== view;
    clearTimeout(this.timer);
    if (this.isOld || isOtherSize || performance.now() - this.drawnAt > OLD_MS) this.draw(view, room, ratio, draw);
    else if (isMoved) this.timer = setTimeout(() => this.again(), OLD_MS);
    const by = view.scale / this.view.scale;
    const [x, y] = [view.x - this.view.x * by, view.y - this.view.y * by];
    if (width && height) context.drawImage(this.kept, x, y, room.width * by, room.height * by);
  }

  again() {
    this.isOld = true;
    this.settle();
  }

  draw(view, room, ratio, draw) {
    const { kept, context } = this;
    [kept.width, kept.height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)]; // cleared by it
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, view, room);
    [this.view, this.drawnAt, this.isOld] = [view, performance.now(), false];
  }
}
