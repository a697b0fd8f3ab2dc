/*
 * Blocks of a document's analysis, as Textract gives them (BlockType) or Augmented AI does (blockType): keys and
 * values that belong together, with their texts and where on the page they are, and back again.
 */
const lower = (name) => name.charAt(0).toLowerCase() + name.slice(1);

/** The same with names that begin with small letters. */
function lowered(value) {
  if (Array.isArray(value)) return value.map(lowered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [lower(name), lowered(part)]));
}

const listOf = (value) => (Array.isArray(value) ? value : []);
const idsOf = (block, type) =>
  listOf(block?.relationships).filter((one) => one?.type === type).flatMap(({ ids }) => listOf(ids).map(String));

function textOf(block, byId) {
  if (typeof block?.text === "string") return block.text;
  const children = idsOf(block, "CHILD").map((id) => byId.get(id));
  const texts = children.map((child) => child?.text ?? (child?.selectionStatus === "SELECTED" ? "X" : ""));
  return texts.filter(Boolean).join(" ");
}

/** [{id, key, value, keyBlock, valueBlock}, …] of all blocks that are keys. */
export function pairsIn(blocks) {
  const all = lowered(listOf(blocks)).filter((block) => block && typeof block === "object");
  const byId = new Map(all.map((block) => [String(block.id), block]));
  const keys = all.filter((block) => block.blockType === "KEY_VALUE_SET" && listOf(block.entityTypes).includes("KEY"));
  return keys.map((keyBlock) => {
    const values = idsOf(keyBlock, "VALUE").map((id) => byId.get(id)).filter(Boolean);
    const value = values.map((block) => textOf(block, byId)).filter(Boolean).join(" ");
    return { id: String(keyBlock.id), key: textOf(keyBlock, byId), value, keyBlock, valueBlock: values[0] };
  });
}

/** Keys that somebody has to look for, [{name, others}, …]. */
export function importantKeys(items) {
  const named = listOf(items).filter(Boolean).map((item) => (typeof item === "object" ? item : { importantFormKey: item }));
  return named
    .filter(({ importantFormKey }) => importantFormKey)
    .map(({ importantFormKey, importantFormKeyAliases }) => ({ name: String(importantFormKey), others: listOf(importantFormKeyAliases).map(String) }));
}

const plain = (text) => text.trim().replace(/[:\s]+$/, "").toLowerCase();

export const isCalled = ({ name, others }, key) => [name, ...others].some((one) => plain(one) === plain(key));

/** Both blocks of a pair, as they are sent. */
export function blocksOf({ id, key, value, keyBlock, valueBlock }) {
  const valueId = String(valueBlock?.id ?? `${id}-value`);
  const others = listOf(keyBlock?.relationships).filter((one) => one?.type !== "VALUE");
  const relationships = [...others, { ids: [valueId], type: "VALUE" }];
  return [
    { blockType: "KEY_VALUE_SET", entityTypes: ["KEY"], id, relationships, text: key },
    { blockType: "KEY_VALUE_SET", entityTypes: ["VALUE"], id: valueId, relationships: listOf(valueBlock?.relationships), text: value },
  ];
}

/** Where a block is, in parts of the page: {left, top, width, height}; null if it does not say. */
export function boxOf(block) {
  const box = block?.geometry?.boundingBox;
  const sides = ["left", "top", "width", "height"].map((name) => [name, Number(box?.[name])]);
  return box && sides.every(([, number]) => Number.isFinite(number)) ? Object.fromEntries(sides) : null;
}
