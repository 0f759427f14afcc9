/** Places in a linear memory. Addresses are multiples of 64 (a cache line). */
export interface Heap {
  /** Address of `bytes` bytes, not zeroed. Error where they do not fit. */
  alloc(bytes: number): number;
  /** Gives a place back; error where `address` was not handed out. */
  release(address: number): void;
  /** Bytes in use. */
  used(): number;
}

const ALIGN = 64;

/** A first-fit heap in [begin, end): gaps are kept in order of address and joined with their neighbours. */
export function createHeap(begin: number, end: number): Heap {
  const first = Math.ceil(begin / ALIGN) * ALIGN;
  const gaps: { start: number; end: number }[] = [{ start: first, end }];
  const sizes = new Map<number, number>();
  let used = 0;
  return {
    alloc(bytes) {
      const size = Math.max(ALIGN, Math.ceil(bytes / ALIGN) * ALIGN);
      const index = gaps.findIndex((gap) => gap.end - gap.start >= size);
      if (index < 0) throw full(size, used, end - first);
      const gap = gaps[index];
      const address = gap.start;
      gap.start += size;
      if (gap.start === gap.end) gaps.splice(index, 1);
      sizes.set(address, size);
      used += size;
      return address;
    },
    release(address) {
      const size = sizes.get(address);
      if (size === undefined) throw new Error(`internal: ${address} is not an allocated address`);
      sizes.delete(address);
      used -= size;
      insertGap(gaps, address, address + size);
    },
    used: () => used,
  };
}

function insertGap(gaps: { start: number; end: number }[], start: number, end: number): void {
  const found = gaps.findIndex((gap) => gap.start >= end);
  const index = found < 0 ? gaps.length : found;
  gaps.splice(index, 0, { start, end });
  const next = gaps[index + 1];
  if (next !== undefined && next.start === end) {
    gaps[index].end = next.end;
    gaps.splice(index + 1, 1);
  }
  const previous = gaps[index - 1];
  if (previous !== undefined && previous.end === start) {
    previous.end = gaps[index].end;
    gaps.splice(index, 1);
  }
}

function full(size: number, used: number, total: number): Error {
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return new Error(
    `The simulator's memory is full: ${mib(size)} asked for, ${mib(used)} of ${mib(total)} in use. ` +
      "Release arrays that are no longer needed, or create the kernels with a larger memoryBytes.",
  );
}
