import { InputError } from "../errors.ts";
import { suggestion } from "../math/nearest.ts";
import { absentModel } from "./absent.ts";
import { absorberAbundances } from "./absorption/elements.ts";
import { crossSectionName } from "./absorption/photoelectric.ts";
import { parseDefinition } from "./definition.ts";
import { models } from "./list.ts";
import type { Program } from "./program.ts";
import { prepareProgram } from "./program.ts";
import { asTable, ownModels, tableByName } from "./registry.ts";
import type { Syntax } from "./syntax.ts";
import { parseSyntax } from "./syntax.ts";
import type { Evaluate, Model, ModelExpression, ModelParameter, PhysicsSettings } from "./types.ts";

/**
 * A model expression from XSPEC's notation, such as `tbabs*(powerlaw + bbodyrad)` or `tbabs(powerlaw)`.
 *
 * The algebra: additive + additive, multiplicative * multiplicative and multiplicative * additive, in any nesting; an
 * expression of multiplicative models alone is one too. A convolution acts on all that follows it in its product,
 * `tbabs*cflux*zphabs*powerlaw`, or on the bracket right behind it, `(partcov(tbabs))*powerlaw`. Names do not depend on case.
 *
 * Definitions of models may follow, each behind a semicolon: `tbabs*dpl; dpl = E^-a + f*E^-b` (see `parseDefinition`); and one additive
 * expression for a background that is fitted jointly, `tbabs*powerlaw; bkg: powerlaw`, whose components are labelled `bkg:powerlaw`.
 *
 * A component's label is the model's name; where a model occurs more than once its components are numbered as they
 * stand: `powerlaw_1`, `powerlaw_2`. (`findParameter` takes `powerlaw` for the first of them.)
 *
 * Throws InputError with the column of the fault.
 */
export function parseExpression(text: string): ModelExpression {
  const [main, ...rest] = text.split(";");
  const backgrounds = rest.flatMap((part) => BACKGROUND.exec(part)?.[1] ?? []);
  if (backgrounds.length > 1)
    throw new InputError("there are two background models; give one, with a sum in it", { key: "model" });
  const own = rest.filter((part) => !BACKGROUND.test(part)).map(parseDefinition);
  checkNames(own);
  const source = compile({ text: main, own });
  const background = backgrounds[0] === undefined ? undefined : compileBackground(backgrounds[0], own);
  const components = [...source.components, ...(background?.components ?? [])];
  const parameters = components.flatMap(({ label: component, model }) =>
    model.parameters.map(
      (parameter): ModelParameter => ({ ...parameter, component, path: `${component}.${parameter.name}` }),
    ),
  );
  const sourceParameters = source.components.reduce((sum, { model }) => sum + model.parameters.length, 0);
  return {
    text,
    kind: source.kind,
    components,
    parameters,
    prepare: (edges, settings) => prepared(source, edges, settings, 0),
    ...(background && {
      background: { prepare: (edges, settings) => prepared(background, edges, settings, sourceParameters) },
    }),
  };
}

/** Whether an expression has the model of a background in it; nothing else of it is looked at. */
export function hasBackgroundModel(text: string): boolean {
  return text.split(";").some((part) => BACKGROUND.test(part));
}

const BACKGROUND = /^\s*bkg\s*:(.*)$/is;

interface Compiled extends Built {
  readonly components: ModelExpression["components"];
}

function compile(context: Context): Compiled {
  const found: Model[] = [];
  const built = build(context, parseSyntax(context.text), found);
  return { ...built, components: label(found) };
}

function compileBackground(text: string, own: readonly Model[]): Compiled {
  const { kind, program, components } = compile({ text, own });
  if (kind !== "additive")
    throw new InputError(
      `the background model "${text.trim()}" emits nothing by itself; expected an additive one such as powerlaw`,
      { key: "model" },
    );
  return {
    kind,
    program,
    components: components.map(({ label: name, model }) => ({
      label: `bkg:${name}`,
      model,
      background: true,
    })),
  };
}

/** Evaluator of a part whose first parameter is number `from` of theta. */
function prepared(
  { program, components }: Compiled,
  edges: Float64Array,
  settings: PhysicsSettings,
  from: number,
): Evaluate {
  checkEdges(edges);
  absorberAbundances(settings.abund);
  crossSectionName(settings.xsect);
  return prepareProgram(program, components, edges, settings, from);
}

interface Built {
  readonly kind: "additive" | "multiplicative";
  readonly program: Program;
}

/** What names mean in an expression. */
interface Context {
  readonly text: string;
  /** Models that it defines itself. */
  readonly own: readonly Model[];
}

function checkNames(own: readonly Model[]): void {
  for (const [k, { name }] of own.entries())
    if (own.slice(0, k).some((other) => other.name === name))
      throw new InputError(`${name} is defined twice; keep one of the two`, { key: "define" });
}

/** Looks names up (appending to `found`, in order) and checks the algebra. */
function build(context: Context, syntax: Syntax, found: Model[]): Built {
  if (syntax.kind === "argument") return build(context, syntax.of, found);
  if (syntax.kind === "component") {
    const model = lookUp(context, syntax.name, syntax.position);
    if (model.kind === "convolution")
      throw fault(
        context,
        syntax,
        `${model.name} is a convolution and needs something behind it to act on: ${model.name}*powerlaw`,
      );
    found.push(model);
    return { kind: model.kind, program: { kind: "component", index: found.length - 1 } };
  }
  return syntax.kind === "sum" ? buildSum(context, syntax, found) : buildProduct(context, syntax, found);
}

type Joined = Extract<Syntax, { kind: "sum" | "product" }>;

function buildSum(context: Context, { terms }: Joined, found: Model[]): Built {
  const built = terms.map((term) => build(context, term, found));
  const wrong = built.findIndex((term) => term.kind === "multiplicative");
  if (wrong >= 0)
    throw fault(context, terms[wrong], "a multiplicative model cannot be a term of a sum; did you mean *?");
  return { kind: "additive", program: { kind: "sum", terms: built.map((term) => term.program) } };
}

function buildProduct(context: Context, { terms, position }: Joined, found: Model[]): Built {
  const built: Built[] = [];
  for (let k = 0; k < terms.length; k++) {
    const [term, ...rest] = terms.slice(k);
    const model = term.kind === "component" ? lookUp(context, term.name, term.position) : undefined;
    if (model?.kind !== "convolution" || rest.length === 0) {
      built.push(build(context, term, found));
      continue;
    }
    const bracket = rest[0].kind === "argument";
    const operand = bracket ? [rest[0]] : rest;
    built.push(convolved(context, term, model, operand, found));
    k += operand.length;
  }
  if (built.filter((term) => term.kind === "additive").length > 1)
    throw fault(
      context,
      { kind: "product", terms, position },
      "two additive models cannot be multiplied; did you mean +?",
    );
  const kind = built.some((term) => term.kind === "additive") ? "additive" : "multiplicative";
  if (built.length === 1) return built[0];
  return { kind, program: { kind: "product", terms: built.map((term) => term.program) } };
}

/** A convolution and what it acts on. */
function convolved(
  context: Context,
  at: Syntax,
  model: Model,
  operand: readonly Syntax[],
  found: Model[],
): Built {
  found.push(model);
  const index = found.length - 1;
  const [first] = operand;
  const of: Syntax =
    operand.length === 1 ? first : { kind: "product", terms: operand, position: first.position };
  const { kind, program } = build(context, of, found);
  if (model.operand !== undefined && kind !== model.operand) {
    const advice =
      model.operand === "multiplicative"
        ? `; put it and its factor in brackets: (${model.name}*tbabs)*powerlaw`
        : `, such as ${model.name}*powerlaw`;
    throw fault(context, at, `${model.name} acts on ${article(model.operand)} model${advice}`);
  }
  return { kind, program: { kind: "convolution", index, operand: program } };
}

function article(kind: string): string {
  return kind === "additive" ? "an additive" : "a multiplicative";
}

function lookUp({ text, own }: Context, name: string, position: number): Model {
  const table = asTable(name);
  if (table !== undefined) return lookUpTable(text, table.form, table.file, position);
  const lower = name.toLowerCase();
  const known = [...models, ...own, ...ownModels()];
  const model = known.find((candidate) => candidate.name === lower);
  if (model?.grid !== undefined)
    throw new InputError(
      `"${text}", column ${position + 1}: ${lower} needs the file of its grid; write ${lower}{${model.grid}}, with the file's path`,
      { key: "model" },
    );
  if (model !== undefined) return model;
  const absent = absentModel(lower);
  if (absent !== undefined)
    throw new InputError(
      `"${text}", column ${position + 1}: XSPEC's model ${name} ${absent}; a table of its spectra can be used as atable{FILE} or mtable{FILE}`,
      { key: "model" },
    );
  const names = known.map((candidate) => candidate.name);
  const hint = suggestion(lower, names) || `; the models are ${names.join(", ")}`;
  throw new InputError(`"${text}", column ${position + 1}: unknown model "${name}"${hint}`, { key: "model" });
}

function lookUpTable(text: string, form: string, file: string, position: number): Model {
  const model = tableByName(form, file);
  if (model !== undefined) return model;
  throw new InputError(`"${text}", column ${position + 1}: the table model ${file} has not been read`, {
    key: "model",
  });
}

function fault({ text }: Context, syntax: Syntax, what: string): InputError {
  return new InputError(`"${text}", column ${syntax.position + 1}: ${what}`, { key: "model" });
}

/** Numbers the components of models that occur more than once. */
function label(found: readonly Model[]): { label: string; model: Model }[] {
  return found.map((model, index) => {
    const same = found.filter((other) => other.name === model.name).length;
    const number = found.slice(0, index + 1).filter((other) => other.name === model.name).length;
    return { label: same > 1 ? `${model.name}_${number}` : model.name, model };
  });
}

function checkEdges(edges: Float64Array): void {
  if (edges.length < 2) throw new InputError("an energy grid needs at least two edges", { key: "edges" });
  for (let i = 0; i < edges.length; i++) {
    const ascending = i === 0 ? edges[0] > 0 : edges[i] > edges[i - 1];
    if (!ascending || !Number.isFinite(edges[i])) {
      const message = `energies must be positive, finite and ascending; edge ${i + 1} is ${edges[i]} keV`;
      throw new InputError(i === 0 ? message : `${message} after ${edges[i - 1]}`, { key: "edges" });
    }
  }
}
