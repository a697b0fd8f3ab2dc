/* The two checksums of a PNG file: CRC-32 of each chunk, and Adler-32 of what was packed. */
const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let value = number;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
const PRIME = 65521;
const MOST_AT_ONCE = 3000; // sums of so many bytes stay below 2 ** 32

export function crc32(bytes) {
  let value = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) value = TABLE[(value ^ bytes[i]) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

export function adler32(bytes) {
  let [a, b] = [1, 0];
  for (let i = 0; i < bytes.length; ) {
    const end = Math.min(i + MOST_AT_ONCE, bytes.length);
    for (; i < end; i += 1) b += a += bytes[i];
    [a, b] = [a % PRIME, b % PRIME];
  }
  return { a, b, length: bytes.length };
}

/** The checksum of two parts, one after the other, from those of each. */
export function joinedAdler32(one, other) {
  const a = (one.a + other.a - 1 + PRIME) % PRIME;
  const b = (one.b + other.b + (other.length % PRIME) * ((one.a - 1 + PRIME) % PRIME)) % PRIME;
  return { a, b, length: one.length + other.length };
}
