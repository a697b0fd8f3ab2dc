/*
 * The content runtime: the first script of every task page, before anything that the requester wrote.
 * It stands in the page itself (web/content/pages.py), so nothing here may look like the end of a script.
 * Its other parts, files.js, drafts.js and keys.js, stand in the same block: `kempelen` is theirs, not the page's.
 *
 * A task page has an opaque origin (docs/internals/content.md), so storage and cookies are refused to
 * it, and its forms would leave the work page.  The runtime stands in for the first two in memory, and
 * hands what a form would send to the page around it, which sends it and shows how that went.
 *
 * Its script tag says what it needs: data-mode ("work", "preview" or "review") and data-submit-url (ours).
 * Messages are {kempelen: <kind>, …}:
 *   to the page around:  ready · submit {fields: [[name, value], …]} · preview (a submit was held back)
 *   both ways:           pulse (asked every second, answered while the page's scripts let it)
 *   from it:             heard (of a submit or preview, which is repeated until then: the page around
 *                        may still be loading) · refused (the page's own "leave this page?" is back) ·
 *                        focus (the frame has it again)
 */
const kempelen = (() => {
  "use strict";

  const config = { ...document.currentScript.dataset };
  document.currentScript.remove(); // pages count and search their scripts
  const PREVIEW_TEXT = "You must ACCEPT the HIT before you can submit the results.";
  const REVIEW_TEXT = "These answers have been sent.";
  const PAGE_ITSELF = location.href;
  const ASSIGNMENT = new URLSearchParams(location.search).get("assignmentId");
  const UNTIL_HEARD_MS = 500;
  let handedOver = false;
  let isQuiet = false;
  let repeating;

  const isAlone = () => window.parent === window;
  const tell = (message) => isAlone() || window.parent.postMessage(message, "*");

  /** Call `act` with each message of this kind from the page around. */
  function hear(kind, act) {
    window.addEventListener("message", ({ source, data }) => {
      if (source === window.parent && !isAlone() && data?.kempelen === kind) act(data);
    });
  }

  // ---- Storage and cookies, in memory ---------------------------------------------------------------

  /** A Storage that lasts as long as the page: methods, and keys as properties. */
  function memoryStorage() {
    const kept = new Map();
    const methods = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (index) => [...kept.keys()][index] ?? null,
    };
    const isOwn = (name) => typeof name === "string" && !(name in methods) && name !== "length";
    return new Proxy(methods, {
      get: (_, name) => (name === "length" ? kept.size : isOwn(name) ? kept.get(name) : methods[name]),
      set: (_, name, value) => (isOwn(name) && methods.setItem(name, value), true),
      has: (_, name) => name in methods || kept.has(name),
      deleteProperty: (_, name) => (kept.delete(name), true),
      ownKeys: () => [...kept.keys()].filter(isOwn),
      getOwnPropertyDescriptor: (_, name) =>
        isOwn(name) && kept.has(name)
          ? { value: kept.get(name), writable: true, enumerable: true, configurable: true }
          : undefined,
      defineProperty: (_, name, descriptor) => (methods.setItem(name, descriptor.value), true),
    });
  }

  /** Give `holder` a property of its own where the browser refuses the real one. */
  function standIn(holder, name, descriptor) {
    try {
      void holder[name];
    } catch {
      Object.defineProperty(holder, name, { configurable: true, enumerable: true, ...descriptor });
    }
  }

  function standInForCookies() {
    const jar = new Map();
    standIn(document, "cookie", {
      get: () => [...jar].map(([name, value]) => (name ? `${name}=${value}` : value)).join("; "),
      set: (line) => {
        const [pair, ...attributes] = String(line).split(";");
        const [, name, value] = /^\s*(?:([^=]*?)\s*=)?\s*(.*?)\s*$/s.exec(pair);
        if (attributes.some(isOver)) jar.delete(name ?? "");
        else jar.set(name ?? "", value);
      },
    });
  }

  /** Whether a cookie's attribute ends its life now. */
  function isOver(attribute) {
    const [name, value = ""] = attribute.trim().split("=", 2);
    if (/^max-age$/i.test(name)) return Number(value) <= 0;
    return /^expires$/i.test(name) && Date.parse(value) <= Date.now();
  }

  standIn(window, "localStorage", { value: memoryStorage() });
  standIn(window, "sessionStorage", { value: memoryStorage() });
  standInForCookies();

  // ---- Which forms carry the answer -----------------------------------------------------------------

  // Fields may be called "action" or "submit" and hide the form's own properties: ask the prototypes.
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  const isAmazon = (host) => /(^|\.)mturk(content)?\.com$/i.test(host);

  /**
   * A form is the answer unless it clearly goes elsewhere: a dialog's, one whose action is no web
   * address (mailto:, javascript:), or one that names another site, such as a search engine.
   * No action, "#", a relative one, any path at MTurk's hosts, and …/mturk/externalSubmit at any
   * host are the answer, whatever the target and the method.
   */
  function isAnswer(form, submitter) {
    const asked = (name) => (submitter && attribute(submitter, `form${name}`)) ?? attribute(form, name) ?? "";
    if (asked("method").toLowerCase() === "dialog") return false;
    const action = asked("action").trim();
    if (!action) return true;
    const url = resolved(action);
    if (!url || !/^https?:$/.test(url.protocol)) return !url;
    const isOurs = url.host === new URL(PAGE_ITSELF).host || url.host === new URL(document.baseURI).host;
    return isOurs || isAmazon(url.hostname) || url.pathname.endsWith("/mturk/externalSubmit");
  }

  function resolved(address) {
    try {
      return new URL(address, document.baseURI);
    } catch {
      return null;
    }
  }

  // ---- Handing the fields over ----------------------------------------------------------------------

  /** What the form would send, in its order: [[name, value], …]; of a list each, of a file as files.js says. */
  function fieldsOf(form, submitter) {
    let entries;
    try {
      entries = [...new FormData(form, submitter ?? undefined)];
    } catch {
      entries = [...new FormData(form)];
      if (submitter?.name) entries.push([submitter.name, submitter.value]);
    }
    return [...entries, ...filesOfCrowdForm(form)].map(([name, value]) => [name, typeof value === "string" ? value : kempelen.valueOfFile(value, name)]);
  }

  /** A crowd-form sends its answer by a form of its own, as text; files that were chosen in it go beside. */
  function filesOfCrowdForm(form) {
    const { host } = form.getRootNode();
    const asked = ["input", "crowd-input"].map((tag) => `${tag}[type=file i][name]:not(:disabled)`).join();
    const inputs = host?.localName === "crowd-form" ? [...host.querySelectorAll(asked)] : [];
    return inputs.flatMap(({ name, files }) => [...(files ?? [])].map((file) => [name, file]));
  }

  function handOver(fields) {
    if (isQuiet) return;
    if (config.mode !== "work") {
      tellUntilHeard({ kempelen: "preview" });
      return;
    }
    handedOver = true;
    if (isAlone()) postAlone(fields);
    else tellUntilHeard({ kempelen: "submit", fields });
  }

  function tellUntilHeard(message) {
    clearInterval(repeating);
    repeating = setInterval(tell, UNTIL_HEARD_MS, message);
    tell(message);
  }

  /** Outside of a work page (somebody opened the frame alone): send the answer as MTurk's pages did, named by its assignment. */
  function postAlone(fields) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = config.submitUrl;
    const others = fields.filter(([name]) => name !== "assignmentId");
    for (const [name, value] of [["assignmentId", ASSIGNMENT], ...others]) form.append(aloneField(name, value));
    form.enctype = "multipart/form-data";
    form.hidden = true;
    document.body.append(form);
    nativeSubmit.call(form);
  }

  function aloneField(name, value) {
    const field = document.createElement(value.upload ? "input" : "textarea");
    field.name = name;
    if (!value.upload) field.value = value;
    else {
      const list = new DataTransfer();
      list.items.add(kempelen.fileOf(value));
      field.type = "file";
      field.files = list.files;
    }
    return field;
  }

  // ---- Catching submits, after the page's own handlers ----------------------------------------------

  /**
   * The last listener of each node that the event passes.  It acts where the event ends: at the window,
   * or earlier where the page stopped it.
   */
  function atTheEnd(event) {
    const isLast = event.currentTarget === window && event.eventPhase === Event.BUBBLING_PHASE;
    if (!isLast && !event.cancelBubble) return;
    if (!event.isTrusted || event.defaultPrevented || !isAnswer(event.target, event.submitter)) return;
    event.preventDefault();
    handOver(fieldsOf(event.target, event.submitter));
  }

  window.addEventListener(
    "submit",
    (event) => {
      if (!event.isTrusted) return; // made by a script: submits nothing by itself
      // Stopping at once would silence our listener too; stopping the way up is as good for pages.
      event.stopImmediatePropagation = event.stopPropagation;
      for (const node of event.composedPath())
        for (const capture of [true, false]) {
          node.removeEventListener("submit", atTheEnd, capture);
          node.addEventListener("submit", atTheEnd, capture);
        }
    },
    true,
  );

  const nativeSubmit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function submit() {
    if (this.isConnected && isAnswer(this, null)) handOver(fieldsOf(this, null));
    else nativeSubmit.call(this);
  };

  const isElsewhere = (url) =>
    /^https?:$/.test(url.protocol) && url.href.split("#")[0] !== PAGE_ITSELF.split("#")[0];

  /** Links to MTurk's externalSubmit carry the answer in their query; others must not replace the task. */
  function linkAtTheEnd(event) {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    const url = link && resolved(attribute(link, "href"));
    if (event.defaultPrevented || !url) return;
    if (url.pathname.endsWith("/mturk/externalSubmit")) {
      event.preventDefault();
      handOver([...url.searchParams]);
    } else if (isElsewhere(url) && !attribute(link, "target") && attribute(link, "download") === null) {
      link.target = "_blank";
    }
  }

  window.addEventListener("click", linkAtTheEnd);

  // An answer on its way must not be held up by the page's "leave this page?".
  window.addEventListener("beforeunload", (event) => handedOver && event.stopImmediatePropagation());
  hear("heard", () => clearInterval(repeating));
  hear("pulse", () => tell({ kempelen: "pulse" }));
  hear("refused", () => {
    handedOver = false;
  });

  /** Do something at which the page may send itself, as some do at every change, and do not let it. */
  function quietly(act) {
    isQuiet = true;
    try {
      act();
    } finally {
      isQuiet = false;
    }
  }

  // ---- When the page's markup is there --------------------------------------------------------------

  const SUBMITS = "input[type=submit], input[type=image], button";
  const submitsOf = (form) =>
    [...document.querySelectorAll(SUBMITS)].filter(
      (control) => control.form === form && (control.type === "submit" || control.type === "image"),
    );
  const answerForms = () =>
    [...new Set([...document.forms, ...crowdForms().map(({ form }) => form)])].filter((form) => form && isAnswer(form, null));

  /** The page's crowd-forms, and those that elements bring in their shadow, unless they stand in one. */
  function crowdForms() {
    const brought = [...document.querySelectorAll("crowd-entity-annotation")].filter((one) => !one.closest("crowd-form"));
    const inner = brought.map((one) => one.shadowRoot?.querySelector("crowd-form"));
    return [...document.querySelectorAll("crowd-form"), ...inner].filter((form) => form?.enterAgain);
  }

  // Calls that send a form; `.submit(handler)` only listens.
  const SENDS = /\.submit\s*\(\s*\)|\.requestSubmit\b|\.submit\.(call|apply)\b|trigger\(\s*["']submit/;
  const HANDLERS = "[onclick*=submit i], [onchange*=submit i], [onkeydown*=submit i], [onkeyup*=submit i]";

  /** Whether a script of the page sends forms itself, so that they need no button of ours. */
  const scriptsSubmit = () =>
    [...document.scripts].some((script) => !script.src && SENDS.test(script.text)) ||
    document.querySelector(HANDLERS) !== null;

  /** A page that has a form, but no way to send it, gets a button, as MTurk gave one. */
  function addMissingSubmit() {
    const forms = answerForms();
    if (document.querySelector("crowd-form, crowd-entity-annotation")) return; // which have their own
    if (!forms.length || forms.some((form) => submitsOf(form).length) || scriptsSubmit()) return;
    const button = document.createElement("input");
    Object.assign(button, { type: "submit", id: "submitButton", className: "btn btn-primary", value: "Submit" });
    const paragraph = document.createElement("p");
    paragraph.className = "text-center";
    paragraph.append(button);
    Element.prototype.append.call(forms.find((form) => attribute(form, "id") === "mturk_form") ?? forms.at(-1), paragraph);
  }

  /** Where nothing can be sent, say so on the buttons that would. */
  function holdSubmits() {
    const text = config.mode === "preview" ? PREVIEW_TEXT : REVIEW_TEXT;
    for (const crowdForm of crowdForms()) crowdForm.hold(text);
    for (const form of answerForms()) {
      const controls = submitsOf(form);
      for (const control of controls) {
        control.disabled = true;
        control.title = text;
        // One of several is a choice, and its label part of the task.
        if (controls.length === 1 && control.tagName === "INPUT") control.value = text;
        else if (controls.length === 1) control.textContent = text;
      }
    }
  }

  /**
   * Browsers ignore `autofocus` in a frame of another origin, and lose the focus inside a frame that gets
   * it: so ours is set when the markup is there, and with the frame's, until the worker takes over.
   */
  function focusFirst() {
    if (document.activeElement === document.body) document.querySelector("[autofocus]")?.focus();
  }

  /** After a dialog of the page around, the worker is again where they were. */
  let last;
  window.addEventListener("focusin", ({ target }) => (last = target));
  hear("focus", () => {
    if (document.activeElement === document.body && last?.isConnected) last.focus({ preventScroll: true });
  });

  function keepFirstFocus() {
    const untilTaken = new AbortController();
    window.addEventListener("focus", focusFirst, { signal: untilTaken.signal });
    for (const kind of ["pointerdown", "keydown"])
      window.addEventListener(kind, () => untilTaken.abort(), { signal: untilTaken.signal, capture: true });
    focusFirst();
  }

  document.addEventListener("DOMContentLoaded", () => {
    addMissingSubmit();
    if (config.mode === "work") keepFirstFocus();
    else holdSubmits();
    tell({ kempelen: "ready" });
  });
  // Once more, for buttons that the page's own scripts made or enabled.
  for (const kind of ["load", "crowd-form-ready"])
    window.addEventListener(kind, () => config.mode !== "work" && holdSubmits());

  return { config, tell, hear, quietly, isAnswer, answerForms, crowdForms, submitsOf };
})();
