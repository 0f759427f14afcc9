const encoder = new TextEncoder();

/** FNV-1a hash of the UTF-8 bytes of a text, unsigned 32 bits (Fowler, Noll & Vo; RFC 9923). */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
