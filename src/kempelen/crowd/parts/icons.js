/*
 * Icons, drawn by us, under the names of the iron-icons set that templates use. A name that is not drawn
 * here shows its first letter; an address shows its picture.
 */
const DRAWN = {
  "add": "M12 5v14M5 12h14",
  "alarm": "M12 8v5l3 2M12 21a8 8 0 100-16 8 8 0 000 16M4 6l3-3M20 6l-3-3",
  "arrow-back": "M20 12H5M11 6l-6 6 6 6",
  "arrow-downward": "M12 4v15M6 13l6 6 6-6",
  "arrow-forward": "M4 12h15M13 6l6 6-6 6",
  "arrow-upward": "M12 20V5M6 11l6-6 6 6",
  "brush": "M20 4q-8 4-10.5 9M9.5 13a3.5 3.5 0 00-3 3.5Q6.5 19 4 20q6.5 1.5 8.5-2.5a3.5 3.5 0 00-3-4.5z",
  "build": "M14.5 6.5a4 4 0 015-3l-3 3 1 2 2 1 3-3a4 4 0 01-5.5 5L8 20a2 2 0 01-3-3z",
  "cancel": "M12 21a9 9 0 100-18 9 9 0 000 18M9 9l6 6M15 9l-6 6",
  "chat": "M4 5h16v11H9l-5 4z",
  "check": "M5 12.5l4.5 4.5L19 7.5",
  "check-circle": "M12 21a9 9 0 100-18 9 9 0 000 18M8 12.5l3 3 5-6",
  "clear": "M6 6l12 12M18 6L6 18",
  "close": "M6 6l12 12M18 6L6 18",
  "create": "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  "delete": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10 11v6M14 11v6",
  "done": "M5 12.5l4.5 4.5L19 7.5",
  "eraser": "M8.5 19.5l-5-5 10-10 6 6-9 9zM9 9l6 6M8 20h12",
  "error": "M12 21a9 9 0 100-18 9 9 0 000 18M12 7v6M12 16.5v.01",
  "expand-less": "M6 15l6-6 6 6",
  "expand-more": "M6 9l6 6 6-6",
  "face": "M12 21a9 9 0 100-18 9 9 0 000 18M9 10v.01M15 10v.01M8 14.5q4 4 8 0",
  "favorite": "M12 20S4 15 4 9.5A4.2 4.2 0 0112 8a4.2 4.2 0 018 1.5C20 15 12 20 12 20z",
  "flag": "M6 21V4h12l-3 4 3 4H6",
  "format-color-fill": "M10 4l8.5 8.5-7 7L4 12l7-7M4.5 12h13M20.5 15.5q-2 3 0 4t0-4z",
  "fullscreen": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  "help": "M12 21a9 9 0 100-18 9 9 0 000 18M9.5 9.5a2.5 2.5 0 113.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01",
  "home": "M4 11l8-7 8 7M6 10v10h12V10",
  "image": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  "info": "M12 21a9 9 0 100-18 9 9 0 000 18M12 11v6M12 7.5v.01",
  "label": "M4 6h11l5 6-5 6H4z",
  "link": "M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1",
  "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
  "mail": "M4 6h16v12H4zM4 7l8 6 8-6",
  "menu": "M4 7h16M4 12h16M4 17h16",
  "more-vert": "M12 6v.01M12 12v.01M12 18v.01",
  "open-in-new": "M13 4h7v7M20 4l-9 9M17 14v6H4V7h6",
  "pan-tool": "M8 13V6a1.5 1.5 0 013 0v5V4.5a1.5 1.5 0 013 0V11V6a1.5 1.5 0 013 0v8.5A6 6 0 0111 21q-3 0-4.5-2.5L4 13.5a1.5 1.5 0 012.6-1.5L8 14",
  "people": "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7M3 20a6 6 0 0112 0M16 11a3 3 0 10-1-6M17 14a5 5 0 014 6",
  "person": "M12 11a4 4 0 100-8 4 4 0 000 8M5 21a7 7 0 0114 0",
  "play-arrow": "M8 5l11 7-11 7z",
  "polygon": "M12 4l8 6-3 10H7L4 10zM12 4v.01M20 10v.01M17 20v.01M7 20v.01M4 10v.01",
  "redo": "M20 9H9a5 5 0 000 10h4M16 5l4 4-4 4",
  "refresh": "M19 12a7 7 0 11-2-5M19 3v5h-5",
  "remove": "M5 12h14",
  "save": "M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6",
  "search": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L20 20",
  "send": "M4 20l17-8L4 4l2 8zM6 12h15",
  "settings": "M12 15a3 3 0 100-6 3 3 0 000 6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
  "star": "M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.8-5 2.8 1-5.7-4-4 5.5-.8z",
  "thumb-down": "M17 14V4h3v10zM17 14l-4 7c-1.5 0-2-1-2-2v-4H6a2 2 0 01-2-2.4L5.5 6A2 2 0 017.5 4H17",
  "thumb-up": "M7 10v10H4V10zM7 10l4-7c1.5 0 2 1 2 2v4h5a2 2 0 012 2.4L18.5 18a2 2 0 01-2 2H7",
  "undo": "M4 9h11a5 5 0 010 10h-4M8 5L4 9l4 4",
  "visibility": "M2 12s4-6.5 10-6.5S22 12 22 12s-4 6.5-10 6.5S2 12 2 12zM12 14.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5",
  "warning": "M12 4l9 16H3zM12 10v5M12 17.5v.01",
  "zoom-in": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L20 20M10.5 8v5M8 10.5h5",
  "zoom-out": "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13M15.5 15.5L20 20M8 10.5h5"
};
const SVG = "http://www.w3.org/2000/svg";

function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(Object.assign(document.createElementNS(SVG, "path")));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

/** What shows an icon: a drawing, a picture or a letter; nothing without a name. */
export function iconOf(name) {
  if (!name) return null;
  if (/[/.]|^data:/.test(name)) {
    const picture = document.createElement("img");
    [picture.src, picture.alt, picture.className] = [name, "", "picture"];
    return picture;
  }
  const plain = name.split(":").at(-1);
  if (Object.hasOwn(DRAWN, plain)) return drawing(DRAWN[plain]);
  const letter = document.createElement("span");
  letter.textContent = plain.slice(0, 1).toUpperCase();
  letter.setAttribute("aria-hidden", "true");
  return letter;
}
