/*
 * The tools that paint on a mask, by pointer and by keyboard: brush, eraser, polygon and the fill of an area.
 *   kind      which of them is in hand;  size  of brush and eraser, in the picture's pixels
 *   corners   of the polygon that is being drawn
 *   pointer   where the pointer is, or the keyboard's cursor, in the picture's pixels; null if nowhere
 * Arrows move the cursor, Space puts the brush down and lifts it, sets a corner, or fills.
 */
export const SIZES = [1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200, 300, 450];
export const KINDS = ["brush", "eraser", "polygon", "area"];

const SHARE = 30; // of the smaller side, for the brush to begin with
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const [NEAR, FAR] = [4, 40]; // CSS pixels that an arrow goes
const APART = 6; // CSS pixels between corners of a line drawn by hand
const CLOSE = 12; // CSS pixels from the first corner that close a polygon
const FEWEST = 3;

export class Brushes {
  constructor(tool) {
    this.tool = tool;
    [this.kind, this.level] = ["brush", 4];
    this.corners = [];
    [this.pointer, this.last, this.isKeyed, this.isDown] = [null, null, false, false];
  }

  get size() {
    return SIZES[this.level];
  }

  get isRound() {
    return this.kind === "brush" || this.kind === "eraser";
  }

  fitTo({ width, height }) {
    const wanted = Math.min(width, height) / SHARE;
    this.level = Math.max(2, SIZES.findLastIndex((size) => size <= wanted));
  }

  choose(kind) {
    this.lift();
    this.leaveOff();
    this.kind = kind;
  }

  /** Forget what was begun: the mask that it was for is gone. */
  forget() {
    [this.corners, this.last, this.isDown, this.isFreehand] = [[], null, false, false];
  }

  resize(level) {
    this.level = Math.max(0, Math.min(SIZES.length - 1, level));
  }

  // ---- By pointer -------------------------------------------------------------------------------------------

  began(point, event) {
    const { tool } = this;
    this.lift();
    [this.pointer, this.isKeyed] = [point, false];
    if (!tool.canPaint) return;
    if (this.kind === "area") tool.fillArea(point);
    else if (this.kind === "polygon") this.addCorner(point);
    else this.startStroke(point, event.shiftKey && this.last);
  }

  moved(point, event) {
    const several = event.getCoalescedEvents?.() ?? [];
    const points = several.length ? several.map((one) => this.tool.stage.toPicture(one)) : [point];
    this.pointer = point;
    if (this.isDown) this.goAlong(points);
    else if (this.kind === "polygon" && this.corners.length) this.follow(point);
    this.tool.stage.redraw();
  }

  ended(point) {
    if (this.isDown) this.endStroke([point]);
    if (this.kind === "polygon" && this.isFreehand) this.close();
  }

  /** A second finger has come: what the first has painted was not meant. */
  cancelled() {
    if (this.isDown) this.tool.cancelStroke();
    else if (this.kind === "polygon") this.corners.pop();
    [this.isDown, this.isFreehand] = [false, false];
    this.tool.stage.redraw();
  }

  hovered(point) {
    [this.pointer, this.isKeyed] = [point, false];
    this.tool.stage.redraw();
  }

  left() {
    if (!this.isKeyed) this.pointer = null;
    this.tool.stage.redraw();
  }

  // ---- Strokes -----------------------------------------------------------------------------------------------

  startStroke(point, from) {
    if (!this.tool.startStroke(this.kind === "eraser")) return;
    this.isDown = true;
    this.tool.paintTo(from || point, point, this.size);
    [this.last, this.middle] = [point, point];
  }

  /** Through the middles between the points that are known, so that what is drawn quickly has no corners. */
  goAlong(points) {
    for (const point of points) {
      const middle = { x: (this.last.x + point.x) / 2, y: (this.last.y + point.y) / 2 };
      this.bend(this.middle, this.last, middle);
      [this.last, this.middle] = [point, middle];
    }
  }

  bend(from, by, to) {
    const far = Math.hypot(by.x - from.x, by.y - from.y) + Math.hypot(to.x - by.x, to.y - by.y);
    const steps = Math.max(1, Math.min(16, Math.ceil(far / Math.max(2, this.size / 4))));
    let before = from;
    for (let i = 1; i <= steps; i += 1) {
      const [a, b, c] = [(1 - i / steps) ** 2, (2 * i * (steps - i)) / steps ** 2, (i / steps) ** 2];
      const point = { x: a * from.x + b * by.x + c * to.x, y: a * from.y + b * by.y + c * to.y };
      this.tool.paintTo(before, point, this.size);
      before = point;
    }
  }

  endStroke(points = []) {
    this.goAlong(points);
    this.tool.paintTo(this.middle, this.last, this.size);
    this.isDown = false;
    this.tool.endStroke();
  }

  /** Take the brush up that the keyboard has put down. */
  lift() {
    if (this.isDown) this.endStroke();
  }

  // ---- Polygons -----------------------------------------------------------------------------------------------

  addCorner(point) {
    if (this.isNearFirst(point)) return this.close();
    this.corners.push(point);
    this.said = this.corners.length;
    return this.tool.cornersChanged(`Corner ${this.corners.length}: ${this.sayPlace(point)}`);
  }

  isNearFirst(point) {
    const [first] = this.corners;
    const { scale } = this.tool.stage.view;
    return this.corners.length >= FEWEST && Math.hypot(point.x - first.x, point.y - first.y) * scale <= CLOSE;
  }

  /** While the button is down, corners come by themselves. */
  follow(point) {
    if (!this.tool.stage.gestures.down.size) return;
    const last = this.corners.at(-1);
    if (Math.hypot(point.x - last.x, point.y - last.y) * this.tool.stage.view.scale < APART) return;
    this.corners.push(point);
    this.isFreehand = this.corners.length > this.said + 2;
  }

  close() {
    const { corners } = this;
    this.isFreehand = false;
    if (corners.length < FEWEST) return this.tool.say(`A polygon has at least ${FEWEST} corners.`);
    this.corners = [];
    return this.tool.fillPolygon(corners);
  }

  takeBack() {
    this.corners.pop();
    this.tool.cornersChanged(this.corners.length ? `${this.corners.length} corners` : "Nothing is being drawn.");
  }

  leaveOff() {
    if (!this.corners.length) return false;
    this.corners = [];
    this.tool.cornersChanged("Left off.");
    return true;
  }

  // ---- By keyboard ----------------------------------------------------------------------------------------------

  press(key, event) {
    const arrow = ARROWS[key];
    if (arrow) return this.moveCursor(arrow, event.shiftKey);
    if (key === "Enter" && this.kind === "polygon" && this.corners.length) return this.close() ?? true;
    if (key === " " || key === "Enter") return this.act();
    return false;
  }

  sayPlace({ x, y }) {
    return `${Math.floor(x)} across, ${Math.floor(y)} down`;
  }

  /** Where the cursor is; if it was not shown, the middle of what is seen of the picture. */
  cursor() {
    const { view, room } = this.tool.stage;
    return this.pointer ?? this.held({ x: (room.width / 2 - view.x) / view.scale, y: (room.height / 2 - view.y) / view.scale });
  }

  held({ x, y }) {
    const { width, height } = this.tool.size;
    const within = (at, most) => Math.max(0, Math.min(most - 1, Math.floor(at))) + 0.5;
    return { x: within(x, width), y: within(y, height) };
  }

  moveCursor([across, down], isFar) {
    const { tool } = this;
    if (!tool.stage.isOpen) return false;
    const by = Math.max(1, Math.round((isFar ? FAR : NEAR) / tool.stage.view.scale));
    const from = this.cursor();
    const to = this.held({ x: from.x + across * by, y: from.y + down * by });
    if (this.isDown) {
      tool.paintTo(from, to, this.size);
      [this.last, this.middle] = [to, to];
    }
    [this.pointer, this.isKeyed] = [to, true];
    tool.stage.reveal(to);
    tool.stage.redraw();
    tool.say(`${this.sayPlace(to)}${tool.sayThere(to)}`);
    return true;
  }

  /** The first press only shows the cursor. */
  act() {
    const { tool } = this;
    if (!tool.canPaint) return false;
    const isShown = this.pointer !== null;
    const at = this.held(this.cursor());
    [this.pointer, this.isKeyed] = [at, true];
    tool.stage.redraw();
    if (!isShown) tool.say(`${this.sayPlace(at)}${tool.sayThere(at)}`);
    else if (this.isDown) this.lift();
    else if (this.kind === "area") tool.fillArea(at);
    else if (this.kind === "polygon") this.addCorner(at);
    else this.putDown(at);
    return true;
  }

  putDown(at) {
    this.startStroke(at);
    if (this.isDown) this.tool.say(`${this.kind === "eraser" ? "Eraser" : "Brush"} down: arrows paint, Space lifts it.`);
  }

  // ---- Drawing --------------------------------------------------------------------------------------------------

  /** Draw the brush's outline, and the polygon as it is so far. */
  draw(context, stage, colour) {
    if (this.pointer && this.isRound) this.drawBrush(context, stage, colour);
    if (this.kind === "polygon") this.drawPolygon(context, stage, colour);
    if (this.pointer && this.isKeyed && !this.isRound) this.drawCross(context, stage.toScreen(this.pointer));
  }

  drawBrush(context, stage, colour) {
    const { x, y } = stage.toScreen(this.pointer);
    const radius = Math.max(2, (this.size / 2) * stage.view.scale);
    this.outline(context, (path) => path.arc(x, y, radius, 0, 2 * Math.PI), this.isDown ? colour : "#ffffff");
    if (radius > 6) this.drawCross(context, { x, y }, 3);
  }

  drawPolygon(context, stage, colour) {
    const points = this.corners.map((corner) => stage.toScreen(corner));
    if (!points.length) return;
    const next = this.pointer && stage.toScreen(this.pointer);
    this.outline(context, (path) => {
      for (const { x, y } of [...points, next ?? points[0]]) path.lineTo(x, y);
    }, colour);
    const isClosing = this.pointer && this.isNearFirst(this.pointer);
    this.outline(context, (path) => path.arc(points[0].x, points[0].y, isClosing ? 8 : 5, 0, 2 * Math.PI), "#ffffff");
  }

  drawCross(context, { x, y }, arm = 10) {
    this.outline(context, (path) => {
      path.moveTo(x - arm, y);
      path.lineTo(x + arm, y);
      path.moveTo(x, y - arm);
      path.lineTo(x, y + arm);
    }, "#ffffff");
  }

  /** A line that is seen on whatever is below. */
  outline(context, draw, colour) {
    context.beginPath();
    draw(context);
    for (const [style, width] of [["rgb(0 0 0 / 75%)", 3.5], [colour, 1.5]]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
  }
}
