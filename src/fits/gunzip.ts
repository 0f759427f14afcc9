import { InputError } from "../errors.ts";
import { concatenate } from "./concatenate.ts";

/** What an expansion may use; guards against small files that expand without end. */
export interface GunzipOptions {
  readonly file: string;
  /** Bytes that any file may expand to: 64 MiB. */
  readonly always?: number;
  /** Beyond that, expanded size over compressed size: 200. Dense matrices of zeros reach about 10. */
  readonly ratio?: number;
  /** Never more than this: 1 GiB. */
  readonly most?: number;
}

/** True for the gzip magic number. The extension says nothing (.gz, .FTZ or none). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Expands gzip data. InputError where they are damaged, truncated or expand beyond
 * min(most, max(always, ratio x size)) bytes.
 */
export async function gunzip(
  bytes: Uint8Array,
  { file, always = 64 * 2 ** 20, ratio = 200, most = 2 ** 30 }: GunzipOptions,
): Promise<Uint8Array> {
  const limit = Math.min(most, Math.max(always, ratio * bytes.length));
  const stream = new DecompressionStream("gzip");
  const reader = stream.readable.getReader();
  const written = feed(stream.writable.getWriter(), bytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > limit)
        throw new InputError(`expands to more than ${limit} bytes; is it a spectrum?`, { file });
      chunks.push(next.value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (cause instanceof InputError) throw cause;
    throw new InputError("the gzip data are truncated or damaged; fetch the file again", { file }, { cause });
  }
  await written;
  return concatenate(chunks);
}

/** Writes everything; a failure shows at the reading end, which reports it. */
async function feed(writer: WritableStreamDefaultWriter<BufferSource>, bytes: Uint8Array): Promise<void> {
  try {
    await writer.write(bytes as Uint8Array<ArrayBuffer>);
    await writer.close();
  } catch {
    return;
  }
}
