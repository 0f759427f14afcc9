/** Bytes of a base64 string. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const IMPORT_SECTION = 2;
const MEMORY = 2;
const HAS_MAXIMUM = 1;
const SHARED = 2;

/**
 * The same module, importing a shared memory instead of an unshared one: one bit of the import's limits. The kernels use
 * no atomic instructions, so the code need not differ.
 */
export function importShared(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = module.slice();
  let at = 8;
  const leb = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  // Not `at += leb()`: that would read `at` before leb moves it.
  const skip = (length: number): void => {
    at += length;
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const length = leb();
    if (section !== IMPORT_SECTION) {
      skip(length);
      continue;
    }
    const count = leb();
    for (let i = 0; i < count; i++) {
      skip(leb()); // the module's name ...
      skip(leb()); // ... and the field's
      const kind = bytes[at++];
      if (kind === MEMORY) {
        bytes[at] |= SHARED;
        if ((bytes[at] & HAS_MAXIMUM) === 0) break;
        return bytes;
      }
      leb(); // a function's type
    }
    break;
  }
  throw new Error("internal: the kernels import no memory with a maximum");
}
