import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { decodeFlow, encodeFlow } from "./file.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { initialWeights } from "./weights.ts";

const file = {
  arrays: {
    a: { shape: [2, 3], data: Float32Array.from([1, -2.5, Number.NaN, 3e38, 1e-40, -0]) },
    empty: { shape: [0, 4], data: new Float32Array(0) },
    scalar: { shape: [], data: Float32Array.from([7]) },
  },
  metadata: { note: "Grüße", json: '{"x": 1}' },
};

it("what is written reads back bit for bit, at any position in memory", () => {
  const bytes = encodeSafetensors(file);
  const shifted = new Uint8Array(bytes.length + 3).subarray(3);
  shifted.set(bytes);
  for (const source of [bytes, shifted]) {
    const back = decodeSafetensors(source);
    expect(back.metadata).toEqual(file.metadata);
    expect(Object.keys(back.arrays)).toEqual(Object.keys(file.arrays));
    for (const [name, { shape, data }] of Object.entries(file.arrays)) {
      expect(back.arrays[name].shape).toEqual(shape);
      expect([...back.arrays[name].data].map((v, i) => Object.is(v, data[i]))).not.toContain(false);
    }
  }
});

it("the bytes are those of the format: length, header, data at a multiple of 8", () => {
  const bytes = encodeSafetensors({ arrays: { a: { shape: [1], data: Float32Array.of(1) } }, metadata: {} });
  const header = '{"__metadata__":{},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  expect(header).toHaveLength(72);
  expect([...bytes.subarray(0, 8)]).toEqual([72, 0, 0, 0, 0, 0, 0, 0]);
  expect(new TextDecoder().decode(bytes.subarray(8, 80))).toBe(header);
  expect([...bytes.subarray(80)]).toEqual([0, 0, 0x80, 0x3f]);
});

describe("a damaged file is refused with an InputError", () => {
  const bytes = encodeSafetensors(file);
  const text = (json: string): Uint8Array => {
    const header = new TextEncoder().encode(json);
    const out = new Uint8Array(8 + header.length + 8);
    new DataView(out.buffer).setBigUint64(0, BigInt(header.length), true);
    out.set(header, 8);
    return out;
  };

  it("cut off anywhere", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length)), `${length}`).toThrow(InputError);
    }
  });

  it("with bytes too many", () => {
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(() => decodeSafetensors(longer)).toThrow(/expected \d+ bytes, found/);
  });

  it.each([
    ["not JSON", "{", /not JSON/],
    ["a list", "[]", /not a JSON object/],
    ["a wrong type", '{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}', /type F32, but is F64/],
    [
      "a wrong size",
      '{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}',
      /should have 12 bytes, but has 8/,
    ],
    ["a gap", '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', /begins at byte 4/],
    ["negative sizes", '{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,-8]}}', /no proper shape/],
    ["metadata that are no texts", '{"__metadata__":{"a":1}}', /not texts/],
  ])("with %s in the header", (_, json, message) => {
    expect(() => decodeSafetensors(text(json), "net.safetensors")).toThrow(message);
    expect(() => decodeSafetensors(text(json), "net.safetensors")).toThrow(/^net.safetensors: /);
  });
});

describe("a flow's file", () => {
  const spec = {
    kind: "maf",
    targets: 2,
    features: 3,
    layers: 2,
    hidden: 4,
    blocks: 1,
    activation: "tanh",
  } as const;

  it("gives back specification, weights, permutations and the caller's metadata", () => {
    const weights = initialWeights(spec, 1);
    const { weights: back, metadata } = decodeFlow(encodeFlow(weights, { seed: "1" }));
    expect(back).toEqual(weights);
    expect(metadata.seed).toBe("1");
  });

  it.each([
    ["unknown kinds", { spec: { ...spec, kind: "spline" } }, /unknown flow "spline"; known are maf/],
    ["impossible sizes", { spec: { ...spec, hidden: 0 } }, /hidden should be a positive whole number/],
    ["missing arrays", { arrays: {} }, /array context.weight is missing/],
    ["other shapes", { spec: { ...spec, features: 4 } }, /should have the shape \(4, 8\), but has \(3, 8\)/],
    [
      "no permutations",
      {
        permutations: [
          [0, 0],
          [1, 0],
        ],
      },
      /2 permutations of 2 dimensions/,
    ],
  ])("with %s is refused", (_, change, message) => {
    const bytes = encodeFlow({ ...initialWeights(spec, 1), ...change } as never);
    expect(() => decodeFlow(bytes)).toThrow(message);
    expect(() => decodeFlow(bytes)).toThrow(InputError);
  });

  it("that is no flow at all says so", () => {
    expect(() => decodeFlow(encodeSafetensors(file))).toThrow(/hold no flow/);
  });
});
