import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { createHeap } from "./physics-heap.ts";

describe("the heap", () => {
  it("hands out places that never overlap, whatever is released in between, and joins all gaps in the end", () => {
    const heap = createHeap(100, 2 ** 16);
    const rng = stream(4, "heap test");
    const held: { start: number; end: number }[] = [];
    for (let step = 0; step < 3000; step++) {
      if (held.length > 0 && rng.uniform() < 0.5) {
        const [place] = held.splice(Math.floor(rng.uniform() * held.length), 1);
        heap.release(place.start);
      } else if (held.length < 40) {
        const size = Math.floor(rng.uniform() * 1000);
        const start = heap.alloc(size);
        expect(start % 64).toBe(0);
        expect(start >= 100 && start + size <= 2 ** 16).toBe(true);
        expect(held.every((other) => start + size <= other.start || start >= other.end)).toBe(true);
        held.push({ start, end: start + size });
      }
    }
    for (const place of held) heap.release(place.start);
    expect(heap.used()).toBe(0);
    expect(heap.alloc(2 ** 16 - 128)).toBe(128);
  });

  it("says what is asked for and in use when it is full, and stays usable", () => {
    const heap = createHeap(0, 2 ** 21);
    const first = heap.alloc(2 ** 20);
    expect(() => heap.alloc(2 ** 21)).toThrow("2.0 MiB asked for, 1.0 MiB of 2.0 MiB in use");
    heap.release(first);
    expect(heap.alloc(2 ** 21)).toBe(first);
  });

  it("refuses an address that it did not hand out, or twice", () => {
    const heap = createHeap(0, 2 ** 16);
    const place = heap.alloc(10);
    heap.release(place);
    expect(() => heap.release(place)).toThrow("internal");
  });
});
