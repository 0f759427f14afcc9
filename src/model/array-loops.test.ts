import { describe, expect, it } from "vitest";
import { addInto, multiplyInto, scaleInto } from "./array-loops.ts";

const array = (n: number, seed: number) => Float64Array.from({ length: n }, (_, i) => Math.sin(seed + i) / 3);

describe.each([0, 1, 2, 3, 8, 9])("loops over %i elements", (n) => {
  const a = array(n, 1);
  const b = array(n, 2);

  it("give the bits of the plain expressions", () => {
    const out = new Float64Array(n);
    scaleInto(out, 0.7, a);
    expect(out).toEqual(a.map((v) => 0.7 * v));
    addInto(out, a, b);
    expect(out).toEqual(a.map((v, i) => v + b[i]));
    multiplyInto(out, a, b);
    expect(out).toEqual(a.map((v, i) => v * b[i]));
  });

  it("may write over what they read, and write nothing else", () => {
    const all = new Float64Array(n + 1).fill(5);
    const out = all.subarray(0, n);
    out.set(a);
    multiplyInto(out, out, b);
    addInto(out, out, b);
    scaleInto(out, 2, out);
    expect(out).toEqual(a.map((v, i) => 2 * (v * b[i] + b[i])));
    expect(all[n]).toBe(5);
  });
});
