/*
 * What stands in for known outside addresses, where scripts of the page ask for them.  Those in the page's
 * own markup were exchanged by the server, from the same tables (web/content/known_urls.py): `ours`, whole
 * addresses, and `rows`, files in the `folder` of local copies.  They are in the script's tag, as data-known.
 * It stands in the page after the runtime, where the page has scripts at all (web/content/pages.py).
 */
(() => {
  "use strict"; // and a function of its own: what pages call `load` is theirs

  const { ours, folder, hosts, rows = [] } = JSON.parse(document.currentScript.dataset.known);
  document.currentScript.remove(); // pages count and search their scripts
  const LONGEST = 2000;
  const CHECKS = ["integrity", "crossorigin"];
  const whole = ours.map(([theirs, address]) => [new RegExp(`^${theirs}`, "i"), address]);
  const files = rows.map(([theirs, path]) => [new RegExp(theirs, "i"), path]);
  const onKnownHost = new RegExp(`^(?:https?:)?//((?:${hosts ?? "$^"})/[^#]*)`, "i");

  /** The address that stands in for one of theirs, or the same again. */
  function standInFor(given) {
    const url = String(given).trim();
    if (url.length > LONGEST) return given;
    const own = whole.find(([theirs]) => theirs.test(url));
    if (own) return own[1];
    const asked = onKnownHost.exec(url)?.[1];
    for (const [theirs, path] of asked ? files : []) {
      const found = theirs.exec(asked);
      if (found) return folder + path.replace("$1", () => found[1] ?? "");
    }
    return given;
  }

  const isOurs = (element) => {
    const url = element.src ?? element.href;
    return Boolean(url) && (url.startsWith(folder ?? "\n") || ours.some(([, address]) => address === url));
  };
  const nativeSet = Element.prototype.setAttribute;
  const nativeRemove = Element.prototype.removeAttribute;

  /** Give an element its address, or ours; what was to be checked of theirs cannot be of ours. */
  function load(element, loading, given) {
    const address = standInFor(given);
    if (address !== given) for (const name of CHECKS) nativeRemove.call(element, name);
    nativeSet.call(element, loading, address);
  }

  for (const [kind, loading] of [
    [HTMLScriptElement.prototype, "src"],
    [HTMLLinkElement.prototype, "href"],
  ]) {
    const property = Object.getOwnPropertyDescriptor(kind, loading);
    Object.defineProperty(kind, loading, {
      ...property,
      set(address) {
        load(this, loading, address);
      },
    });
    for (const check of ["integrity", "crossOrigin"]) {
      const theirs = Object.getOwnPropertyDescriptor(kind, check);
      Object.defineProperty(kind, check, {
        ...theirs,
        set(value) {
          if (!isOurs(this)) theirs.set.call(this, value);
        },
      });
    }
    kind.setAttribute = function (name, value) {
      const asked = String(name).toLowerCase();
      if (asked === loading) load(this, loading, value);
      else if (!CHECKS.includes(asked) || !isOurs(this)) nativeSet.call(this, name, value);
    };
  }

  // ---- Markup that scripts write ---------------------------------------------------------------------

  const TAG = /<(?:script|link)\b[^>]*>/gi;
  const ADDRESS = /(\s(?:src|href)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/i;
  const CHECK = /\s(?:integrity|crossorigin)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?/gi;

  function tagWithOurs(tag) {
    const [, before, quoted] = ADDRESS.exec(tag) ?? [];
    if (!quoted) return tag;
    const url = quoted.replace(/^["']|["']$/g, "").replaceAll("&amp;", "&");
    const address = standInFor(url);
    return address === url ? tag : tag.replace(CHECK, "").replace(ADDRESS, () => `${before}"${address.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`);
  }

  const markupWithOurs = (text) => (/<(?:script|link)\b/i.test(text) ? String(text).replace(TAG, tagWithOurs) : text);

  for (const name of ["write", "writeln"]) {
    const native = Document.prototype[name];
    Document.prototype[name] = function (...texts) {
      native.call(this, ...(texts.length ? [markupWithOurs(texts.join(""))] : []));
    };
  }
  for (const name of ["innerHTML", "outerHTML"]) {
    const property = Object.getOwnPropertyDescriptor(Element.prototype, name);
    Object.defineProperty(Element.prototype, name, {
      ...property,
      set(text) {
        property.set.call(this, markupWithOurs(text));
      },
    });
  }
  const insertAdjacentHTML = Element.prototype.insertAdjacentHTML;
  Element.prototype.insertAdjacentHTML = function (where, text) {
    insertAdjacentHTML.call(this, where, markupWithOurs(text));
  };
  const createContextualFragment = Range.prototype.createContextualFragment;
  Range.prototype.createContextualFragment = function (text) {
    return createContextualFragment.call(this, markupWithOurs(text));
  };
})();
