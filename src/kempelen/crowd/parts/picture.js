/* A picture that says so if it cannot be loaded, and can be tried again. */
export const PICTURE = `<div class="picture-place"><img class="seen" alt="The picture of this task">
  <p class="lost" role="alert" hidden>The picture could not be loaded. <button class="button" type="button">Try again</button></p></div>`;

export const PICTURE_STYLES = `
  .picture-place { position: relative; display: inline-block; max-width: 100%; }
  .seen { display: block; max-width: 100%; max-height: 80vh; object-fit: contain; }
  .lost { margin: 0; padding: 1rem; border: 1px solid var(--crowd-bad); border-radius: var(--crowd-radius); background: var(--crowd-bad-wash); }`;

export class Picture {
  constructor(root) {
    this.image = root.querySelector(".seen");
    this.lost = root.querySelector(".lost");
    this.image.addEventListener("error", () => this.show(false));
    this.image.addEventListener("load", () => this.show(true));
    this.lost.querySelector("button").addEventListener("click", () => this.load(this.address));
  }

  show(isThere) {
    this.image.hidden = !isThere;
    this.lost.hidden = isThere;
    this.onShown?.(isThere);
  }

  /** Show the picture at an address, if it is not shown already. */
  at(address) {
    if (address !== this.address) this.load(address);
  }

  load(address) {
    this.address = address;
    this.lost.hidden = true;
    if (address) this.image.src = address;
    else this.image.removeAttribute("src");
    this.image.hidden = !address;
  }
}
