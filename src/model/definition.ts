import { InputError } from "../errors.ts";
import { FormulaError, parseFormula } from "../math/formula.ts";
import { models } from "./list.ts";
import { norm, parameter } from "./parameter.ts";
import { gaussLegendre } from "./quadrature.ts";
import type { Model, Parameter } from "./types.ts";

const HEAD = /^\s*([A-Za-z][A-Za-z0-9_]*)\s*(?:\(([^()]*)\))?\s*=(.*?)(?::\s*(add|mul)\s*)?$/s;
/** Nodes a bin: exact for a polynomial of degree 5. */
const { nodes, weights } = gaussLegendre(3);

/**
 * A model from its formula, as XSPEC's `mdefine`:  `name = formula`, or `name(a=1.7, b=10) = formula` with values to start from (1 where none
 * is given), `: mul` behind it for a multiplicative model. `E` is the energy in keV; all other names are parameters. An
 * additive model's formula is its photon spectrum (photon/cm2/s/keV) for norm 1. Both are averaged over the bins with three
 * Gauss-Legendre points, where XSPEC has one.
 *
 * InputError for a faulty formula, and from the evaluation where it has no finite value.
 */
export function parseDefinition(text: string): Model {
  const match = HEAD.exec(text);
  if (match === null) throw fault(text, "expected NAME = FORMULA, such as dpl = E^-a + f*E^-b");
  const [, given, list, formulaText, kindText] = match;
  const name = given.toLowerCase();
  if (models.some((model) => model.name === name))
    throw fault(text, `there is a model ${name} already; choose another name`);
  const formula = compile(text, formulaText);
  const energy = formula.names.findIndex((each) => each.toLowerCase() === "e");
  const starts = startingValues(text, list);
  const own = formula.names.filter((_, k) => k !== energy);
  for (const start of starts.keys())
    if (!own.some((each) => each.toLowerCase() === start))
      throw fault(text, `its formula has no parameter ${start}`);
  const kind = kindText === "mul" ? "multiplicative" : "additive";
  if (kind === "additive" && own.some((each) => each.toLowerCase() === "norm"))
    throw fault(text, "norm is every additive model's factor; leave it out of the formula");
  const parameters = own.map(
    (each): Parameter =>
      parameter(each, "", starts.get(each.toLowerCase()) ?? 1, [-1e20, -1e20, 1e20, 1e20], 0.01),
  );
  return {
    kind,
    name,
    summary: "defined by a formula",
    formula: formula.text,
    reference: "",
    parameters: kind === "additive" ? [...parameters, norm("photon/cm2/s/keV")] : parameters,
    prepare: (edges) => (out, theta) => {
      const values = new Float64Array(formula.names.length);
      let k = 0;
      for (let n = 0; n < values.length; n++) if (n !== energy) values[n] = theta[k++];
      const factor = kind === "additive" ? theta[k] : 1;
      for (let i = 0; i < out.length; i++) {
        const half = 0.5 * (edges[i + 1] - edges[i]);
        let mean = 0;
        for (let q = 0; q < nodes.length; q++) {
          if (energy >= 0) values[energy] = edges[i] + half * (1 + nodes[q]);
          mean += 0.5 * weights[q] * formula.evaluate(values);
        }
        if (!Number.isFinite(mean)) throw notFinite(text, formula.names, values);
        out[i] = kind === "additive" ? factor * mean * 2 * half : mean;
      }
    },
  };
}

function compile(text: string, formula: string) {
  try {
    return parseFormula(formula);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw fault(text, `column ${text.indexOf(formula) + error.position + 1}: ${error.message}`);
  }
}

/** `a=1.7, b=10` as values by lower-case name. */
function startingValues(text: string, list: string | undefined): Map<string, number> {
  const values = new Map<string, number>();
  for (const part of (list ?? "").split(",").filter((each) => each.trim() !== "")) {
    const [name, value, ...rest] = part.split("=").map((each) => each.trim());
    const number = value === undefined ? 1 : Number(value);
    if (rest.length > 0 || value === "" || !Number.isFinite(number) || values.has(name.toLowerCase()))
      throw fault(text, `expected parameters as (a=1.7, b=10), each once, found "${part.trim()}"`);
    values.set(name.toLowerCase(), number);
  }
  return values;
}

function fault(text: string, what: string): InputError {
  return new InputError(`"${text.trim()}": ${what}`, { key: "define" });
}

function notFinite(text: string, names: readonly string[], values: Float64Array): InputError {
  const at = names.map((name, n) => `${name} = ${Number(values[n].toPrecision(6))}`).join(", ");
  return fault(text, `has no finite value at ${at}; narrow the priors`);
}
