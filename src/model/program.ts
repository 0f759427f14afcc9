import type { Evaluate, Model, PhysicsSettings } from "./types.ts";

/** An expression with its components numbered in order of their appearance. */
export type Program =
  | { readonly kind: "component"; readonly index: number }
  | { readonly kind: "sum" | "product"; readonly terms: readonly Program[] };

/** Values (E) of a part of the expression; `update` brings them up to date and says whether it had to. */
interface Stage {
  readonly values: Float64Array;
  update(theta: ArrayLike<number>): boolean;
}

/**
 * Evaluator of a program on a grid. Each part keeps its values between calls and is computed again only when one of its
 * own parameters has changed, so a fixed absorption costs nothing; the result is the same bit for bit. Nothing is
 * allocated in a call.
 */
export function prepareProgram(
  program: Program,
  components: readonly { readonly model: Model }[],
  edges: Float64Array,
  settings: PhysicsSettings,
): Evaluate {
  const offsets: number[] = [];
  let count = 0;
  for (const { model } of components) {
    offsets.push(count);
    count += model.parameters.length;
  }
  const stage = (part: Program): Stage => {
    if (part.kind === "component") {
      return componentStage(components[part.index].model, offsets[part.index], edges, settings);
    }
    const combine = part.kind === "sum" ? addInto : multiplyInto;
    return combinedStage(part.terms.map(stage), combine, settings.vector.alloc(edges.length - 1));
  };
  const root = stage(program);
  return (out, theta) => {
    root.update(theta);
    out.set(root.values);
  };
}

function componentStage(model: Model, offset: number, edges: Float64Array, settings: PhysicsSettings): Stage {
  const evaluate = model.prepare(edges, settings);
  const values = settings.vector.alloc(edges.length - 1);
  const own = new Float64Array(model.parameters.length).fill(Number.NaN);
  return {
    values,
    update(theta) {
      let changed = false;
      for (let k = 0; k < own.length; k++) {
        // NaN differs from itself, so that the first call always computes
        if (own[k] !== theta[offset + k]) {
          own[k] = theta[offset + k];
          changed = true;
        }
      }
      if (changed) evaluate(values, own);
      return changed;
    },
  };
}

function combinedStage(
  terms: readonly Stage[],
  combine: (out: Float64Array, a: Float64Array, b: Float64Array) => void,
  values: Float64Array,
): Stage {
  return {
    values,
    update(theta) {
      let changed = false;
      for (let k = 0; k < terms.length; k++) changed = terms[k].update(theta) || changed;
      if (!changed) return false;
      combine(values, terms[0].values, terms[1].values);
      for (let k = 2; k < terms.length; k++) combine(values, values, terms[k].values);
      return true;
    },
  };
}

function addInto(out: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
}

function multiplyInto(out: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
}
