import { InputError } from "../../errors.ts";
import type { Model, Parameter } from "../../model/types.ts";
import type { Command } from "../command.ts";
import { formatJson } from "../json.ts";
import { COMMON_OPTIONS } from "../options.ts";
import { formatTable } from "../table.ts";

/** The list of spectral models, or all about one. */
export const models: Command = {
  name: "models",
  summary: "list the spectral models, or describe one",
  arguments: [{ name: "[name]", description: "a model's name" }],
  options: COMMON_OPTIONS,
  examples: ["xnpe models", "xnpe models tbabs"],
  async run({ args, options, terminal }) {
    const { models, suggestion } = await import("../../model/index.ts");
    const [name] = args;
    if (name === undefined) {
      terminal.print(options.json === true ? formatJson(models.map(describe)) : listOf(models));
      return;
    }
    const model = models.find((each) => each.name === name.toLowerCase());
    if (model === undefined) {
      const names = models.map((each) => each.name);
      throw new InputError(
        `unknown model "${name}"${suggestion(name, names) || `; the models are ${names.join(", ")}`}`,
      );
    }
    terminal.print(options.json === true ? formatJson(describe(model)) : pageOf(model));
  },
};

function describe({ name, kind, summary, formula, reference, parameters }: Model) {
  return { name, kind, summary, formula, reference, parameters };
}

function listOf(models: readonly Model[]): string {
  const rows = models.map(({ name, kind, summary, parameters }) => [
    name,
    kind,
    parameters.map((parameter) => parameter.name).join(" "),
    summary,
  ]);
  return formatTable(["model", "kind", "parameters", ""], rows);
}

function pageOf(model: Model): string {
  const rows = model.parameters.map((parameter) => [
    parameter.name,
    parameter.unit,
    String(parameter.default),
    `${parameter.min} to ${parameter.max}`,
    state(parameter),
  ]);
  return [
    `${model.name} (${model.kind}): ${model.summary}`,
    "",
    `  ${model.formula.replaceAll("\n", "\n  ")}`,
    "",
    formatTable(["parameter", "unit", "default", "hard limits", "in XSPEC"], rows),
    ...(model.reference === "" ? [] : ["", `Reference: ${model.reference}`]),
  ].join("\n");
}

function state({ delta }: Parameter): string {
  return delta < 0 ? "frozen" : "free";
}
