import { describe, expect, it } from "vitest";
import { estimatorSpec } from "./estimator-spec.ts";
import { recipe } from "./recipe.ts";

describe("the paper's recipe", () => {
  it("has sbi's sizes for every estimator, whatever the features", () => {
    const of = (estimator: "maf" | "nsf" | "mdn") =>
      estimatorSpec(recipe("paper", 3, 193, { estimator, features: "raw" }), 3, 193);
    const sizes = { targets: 3, features: 193, hidden: 50, blocks: 2 };
    expect(of("maf")).toEqual({ kind: "maf", ...sizes, layers: 5, activation: "tanh" });
    expect(of("nsf")).toEqual({ kind: "nsf", ...sizes, layers: 5, activation: "relu", bins: 10, tail: 3 });
    expect(of("mdn")).toEqual({ kind: "mdn", ...sizes, components: 10, activation: "relu" });
  });

  it("has an embedding only where features are one", () => {
    expect(recipe("paper", 3, 193).embedding).toBeUndefined();
    expect(recipe("paper", 3, 193, { features: "embedding" }).embedding).toBeDefined();
  });
});

describe("the default recipe", () => {
  it("has a base where near-sufficient features are few, and for no other input", () => {
    expect(recipe("default", 3, 5).base).toBe(true);
    expect(recipe("default", 3, 6).base).toBe(false);
    expect(recipe("default", 3, 5, { features: "autoencoder" }).base).toBe(true);
    expect(recipe("default", 3, 5, { features: "pca(0.9)" }).base).toBe(false);
  });

  it("gives bins a wider embedding where they are what is asked for", () => {
    const wide = recipe("default", 3, 193, { features: "embedding" }).embedding?.hidden ?? 0;
    expect(wide).toBeGreaterThan(recipe("default", 3, 193, { features: "sqrt" }).embedding?.hidden ?? 0);
  });

  it("has splines that reach beyond the tails of the base's residuals", () => {
    const spec = estimatorSpec(recipe("default", 3, 4, { estimator: "nsf" }), 3, 4);
    expect(spec).toMatchObject({ kind: "nsf", tail: 8, bins: 10, embedding: { activation: "silu" } });
  });
});
