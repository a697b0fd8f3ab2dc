/* What is selected in an element within a shadow root, as offsets into its text; browsers differ in how to ask. */
function rangeIn(root) {
  const selection = document.getSelection();
  if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: [root] })[0];
  const own = root.getSelection?.() ?? selection; // Chromium's, before it had the other
  return own.rangeCount ? own.getRangeAt(0) : undefined;
}

/** Text before a place in the element; before and after the element, none and all of it. */
function offsetOf(element, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(element);
  if (!element.contains(node)) {
    const isBefore = element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    return isBefore ? 0 : range.toString().length;
  }
  range.setEnd(node, offset);
  return range.toString().length;
}

/** {start, end}, or null if the selection is elsewhere. */
export function selectionIn(root, element) {
  const range = rangeIn(root);
  if (!range || !(element.contains(range.startContainer) || element.contains(range.endContainer))) return null;
  const start = offsetOf(element, range.startContainer, range.startOffset);
  return { start, end: range.collapsed ? start : offsetOf(element, range.endContainer, range.endOffset) };
}

/** Put the caret, or a selection, where [node, offset] say. */
export function select(root, from, to = from) {
  const selection = document.getSelection().getComposedRanges ? document.getSelection() : (root.getSelection?.() ?? document.getSelection());
  selection.setBaseAndExtent(...from, ...to);
}
