/* Masks from elsewhere: that of an initial value, by its address, and that of an answer, which stands in it. */
import { bytesOfText, maskIn } from "./mask-in.js";
import { NotAPicture } from "./png-in.js";

const UNREACHED = "it cannot be fetched (its server has to allow it to other sites)";

/** The bytes at an address; rejects with NotAPicture, which says why. */
export async function fetched(address) {
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw new NotAPicture(UNREACHED);
  }
  if (!response.ok) throw new NotAPicture(`its server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Read a mask, or give the sentence that says why it cannot be read. */
export function read(bytes, numbers) {
  try {
    return maskIn(typeof bytes === "string" ? bytesOfText(bytes) : bytes, numbers);
  } catch (error) {
    if (error instanceof NotAPicture) return error.message;
    throw error;
  }
}
