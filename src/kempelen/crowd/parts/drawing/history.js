/*
 * What can be undone. `note(undo, redo)` remembers a change that has been made already: two functions that
 * take it back and make it again. `isChanged` of the constructor is called after each note, undo and redo.
 */
const MOST = 500;

export class History {
  constructor(isChanged = () => {}, most = MOST) {
    [this.isChanged, this.most] = [isChanged, most];
    [this.past, this.future] = [[], []];
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }

  note(undo, redo) {
    this.past.push({ undo, redo });
    if (this.past.length > this.most) this.past.shift();
    this.future = [];
    this.isChanged();
  }

  /** Let the last two changes be undone and made again as one. */
  join() {
    const { redo } = this.past.pop();
    this.past.at(-1).redo = redo;
  }

  /** Take the last change back; false if there is none. */
  undo() {
    return this.step(this.past, this.future, "undo");
  }

  /** Make again what was taken back last; false if nothing was. */
  redo() {
    return this.step(this.future, this.past, "redo");
  }

  step(from, to, act) {
    const change = from.pop();
    if (!change) return false;
    to.push(change);
    change[act]();
    this.isChanged();
    return true;
  }

  clear() {
    [this.past, this.future] = [[], []];
    this.isChanged();
  }
}
