import { addInto, multiplyInto } from "./array-loops.ts";
import type { Evaluate, Model, PhysicsSettings } from "./types.ts";

/** An expression with its components numbered in order of their appearance. */
export type Program =
  | { readonly kind: "component"; readonly index: number }
  | { readonly kind: "convolution"; readonly index: number; readonly operand: Program }
  | { readonly kind: "sum" | "product"; readonly terms: readonly Program[] };

/** A part of the expression. */
interface Stage {
  /** Brings what it is made of up to date and says whether anything had changed. */
  refresh(theta: ArrayLike<number>): boolean;
  /** Fills out (E) with its values as of the last refresh. */
  write(out: Float64Array): void;
}

/** A stage with its values (E), kept in step by `refresh`. */
interface KeptStage extends Stage {
  readonly values: Float64Array;
}

/**
 * Evaluator of a program on a grid. Each part keeps its values between calls and is computed again only when one of its
 * own parameters has changed, so a fixed absorption costs nothing; the result is the same bit for bit. Nothing is
 * allocated in a call.
 *
 * @param from index in theta of the first component's first parameter
 */
export function prepareProgram(
  program: Program,
  components: readonly { readonly model: Model }[],
  edges: Float64Array,
  settings: PhysicsSettings,
  from = 0,
): Evaluate {
  const offsets: number[] = [];
  let count = from;
  for (const { model } of components) {
    offsets.push(count);
    count += model.parameters.length;
  }
  const { vector } = settings;
  const stage = (part: Program): Stage => {
    if (part.kind === "component") {
      return componentStage(components[part.index].model, offsets[part.index], edges, settings);
    }
    if (part.kind === "convolution") {
      const { model } = components[part.index];
      const operand = keep(stage(part.operand), vector.alloc(edges.length - 1));
      return convolutionStage(model, offsets[part.index], operand, edges, settings);
    }
    const terms = part.terms.map(stage).map((term) => keep(term, vector.alloc(edges.length - 1)));
    return combinedStage(terms, part.kind === "sum" ? addInto : multiplyInto);
  };
  const root = stage(program);
  return (out, theta) => {
    root.refresh(theta);
    root.write(out);
  };
}

function keep(stage: Stage, values: Float64Array): KeptStage {
  return {
    values,
    refresh(theta) {
      const changed = stage.refresh(theta);
      if (changed) stage.write(values);
      return changed;
    },
    write: (out) => out.set(values),
  };
}

function componentStage(model: Model, offset: number, edges: Float64Array, settings: PhysicsSettings): Stage {
  const evaluate = model.prepare(edges, settings);
  const { values, refresh } = ownParameters(model, offset);
  return { refresh, write: (out) => evaluate(out, values) };
}

function convolutionStage(
  model: Model,
  offset: number,
  operand: KeptStage,
  edges: Float64Array,
  settings: PhysicsSettings,
): Stage {
  const evaluate = model.prepare(edges, settings);
  const { values, refresh } = ownParameters(model, offset);
  return {
    refresh(theta) {
      const changed = operand.refresh(theta);
      return refresh(theta) || changed;
    },
    write(out) {
      out.set(operand.values);
      evaluate(out, values);
    },
  };
}

/** The part of theta that belongs to a component, and whether it has changed since the last look. */
function ownParameters(model: Model, offset: number) {
  const values = new Float64Array(model.parameters.length).fill(Number.NaN);
  const refresh = (theta: ArrayLike<number>) => {
    let changed = false;
    for (let k = 0; k < values.length; k++) {
      // NaN differs from itself, so that the first call always computes
      if (values[k] !== theta[offset + k]) {
        values[k] = theta[offset + k];
        changed = true;
      }
    }
    return changed;
  };
  return { values, refresh };
}

function combinedStage(
  terms: readonly KeptStage[],
  combine: (out: Float64Array, a: Float64Array, b: Float64Array) => void,
): Stage {
  return {
    refresh(theta) {
      let changed = false;
      for (let k = 0; k < terms.length; k++) changed = terms[k].refresh(theta) || changed;
      return changed;
    },
    write(out) {
      combine(out, terms[0].values, terms[1].values);
      for (let k = 2; k < terms.length; k++) combine(out, out, terms[k].values);
    },
  };
}
