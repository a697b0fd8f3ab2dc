/*
 * Files: hands what is chosen in file fields to the page around, which uploads it; among the fields of an
 * answer or a draft each file then is an object.  Part of the runtime (runtime.js), whose messages it extends:
 *   to the page around:  files {files: [{upload, field, file}, …], gone: [upload, …]} (chosen, and taken back) ·
 *                        unfit {name, accept} (a file of a kind that its field does not take)
 *   from it:             unsent {upload} (it was not taken: its field lets go of it)
 *
 * In fields a file is {upload: <its number on this page>}, for which the page around knows what was stored.
 * One that was uploaded before is as it is stored, {file, name, size}: its field gets an empty file of that
 * name, so that it shows and counts as filled in.  A <crowd-input type="file"> is a file field too.
 */
(() => {
  "use strict";

  const { config, tell, hear, isAnswer } = kempelen;
  const values = new WeakMap(); // what each file is in the fields
  const chosen = new WeakMap(); // the files that a field had when it was last looked at
  const files = new Map();
  let count = 0;

  const FILE_FIELDS = "input[type=file], crowd-input[type=file i]";
  const isFileField = (control) => control instanceof Element && control.matches(FILE_FIELDS) && Boolean(control.files);

  /** Give each file its number, and hand over those that are new. */
  function share(some, field) {
    const fresh = some.filter((file) => !values.has(file));
    for (const file of fresh) {
      values.set(file, { upload: ++count });
      files.set(count, file);
    }
    if (fresh.length) tell({ kempelen: "files", files: fresh.map((file) => ({ ...values.get(file), field, file })) });
  }

  /** What stands among the fields for a file that is sent under this name; "" for none, as browsers have it. */
  function valueOfFile(file, field) {
    if (!file.name && !file.size) return "";
    if (config.mode !== "work") return file.name;
    share([file], field);
    return values.get(file);
  }

  const fileOf = ({ upload }) => files.get(upload);

  function setFiles(input, some) {
    const list = new DataTransfer();
    for (const file of some) list.items.add(file);
    input.files = list.files;
    chosen.set(input, [...input.files]);
  }

  // ---- What the worker chooses ----------------------------------------------------------------------

  /** Browsers only suggest `accept`; a file whose kind the browser does not know may be anything. */
  function isFit(input, { name, type }) {
    const kinds = input.accept.toLowerCase().split(",").map((kind) => kind.trim()).filter(Boolean);
    const isOf = (kind) =>
      kind.startsWith(".")
        ? name.toLowerCase().endsWith(kind)
        : !type || type === kind || (kind.endsWith("/*") && type.startsWith(kind.slice(0, -1)));
    return !kinds.length || kinds.some(isOf);
  }

  function onChange({ target: input }) {
    if (!isFileField(input) || !input.name || !isAnswer(input.form, null)) return;
    const had = chosen.get(input) ?? [];
    const all = [...input.files];
    const fit = all.filter((file) => isFit(input, file));
    for (const { name } of all.filter((file) => !fit.includes(file))) tell({ kempelen: "unfit", name, accept: input.accept });
    if (fit.length < all.length) setFiles(input, fit);
    else chosen.set(input, all);
    share([...input.files], input.name);
    letGo(had.filter((file) => !chosen.get(input).includes(file)));
  }

  /** What another file stands in place of need not be uploaded, nor stay. */
  function letGo(some) {
    const gone = some.map((file) => values.get(file)?.upload).filter(Boolean);
    for (const file of some) values.delete(file);
    for (const upload of gone) files.delete(upload);
    if (gone.length) tell({ kempelen: "files", files: [], gone });
  }

  hear("unsent", ({ upload }) => {
    const file = files.get(upload);
    const fields = [...document.querySelectorAll(FILE_FIELDS)].filter(isFileField);
    const input = fields.find((field) => [...field.files].includes(file));
    if (!input) return;
    setFiles(input, [...input.files].filter((other) => other !== file));
    values.delete(file);
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
  });

  // ---- What was uploaded before ---------------------------------------------------------------------

  /** Show stored files in a field; their bytes are on the server. */
  function enterFiles(input, stored) {
    setFiles(input, stored.map(({ name }) => new File([], name)));
    [...input.files].forEach((file, i) => {
      values.set(file, stored[i]);
      Object.defineProperty(file, "size", { value: stored[i].size });
    });
  }

  // Both, and before drafts.js hears them: a file that is not fit must not be handed over by a draft.
  if (config.mode === "work") for (const kind of ["input", "change"]) window.addEventListener(kind, onChange, true);
  Object.assign(kempelen, { valueOfFile, fileOf, enterFiles });
})();
