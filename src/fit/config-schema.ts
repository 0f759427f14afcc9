import { z } from "zod";
import { CONFIG_LIMITS, ESTIMATORS, METHODS, PROPOSALS, STATISTICS, WEIGHTS } from "./config-defaults.ts";

const text = (expected: string) =>
  z
    .string({ error: `expected ${expected}` })
    .trim()
    .min(1, { error: `expected ${expected}` });

function whole([lower, upper]: readonly [number, number]) {
  const error = `expected a whole number from ${lower} to ${upper}`;
  return z.int({ error }).min(lower, { error }).max(upper, { error });
}

const FRACTION = "expected a fraction above 0 and at most 1";
const fraction = z.number({ error: FRACTION }).gt(0, { error: FRACTION }).max(1, { error: FRACTION });

const SHARE = "expected a fraction of the model, from 0 to 1";
const share = z.number({ error: SHARE }).min(0, { error: SHARE }).max(1, { error: SHARE });

const choice = <const T extends readonly string[]>(names: T) =>
  z.enum(names, { error: `expected one of ${names.join(", ")}` });

function bands() {
  const error =
    "expected a range such as 0.3-10 (keV), ch1-29 (channels) or 2:0.5-8 (of the second spectrum), or a list of such";
  return z.union([z.string(), z.array(z.string())], { error });
}

const spectrum = z.strictObject({
  file: text("the name of a PHA file"),
  response: text("the name of a response file").optional(),
  arf: text("the name of an ancillary response file").optional(),
  background: text('the name of a background file, or "none"').optional(),
  "background-response": text("the name of the background's response file").optional(),
  "background-arf": text('the name of the background\'s ancillary response file, or "none"').optional(),
});

const several = (expected: string) =>
  z.union([text(expected), z.array(text(expected)).min(1)], { error: `expected ${expected}` });

/** The settings of a run as a configuration file may hold them; every key may be absent. */
export const configSchema = z.strictObject({
  xnpe: text("the version of the program that wrote the file").optional(),
  spectra: z
    .union([text("a file"), z.array(z.union([text("a file"), spectrum])).min(1)], {
      error: "expected the name of a PHA file, or a list of such",
    })
    .optional(),
  response: several("the name of a response file (RMF)").optional(),
  arf: several("the name of an ancillary response file (ARF)").optional(),
  background: several('the name of a background file, or "none"').optional(),
  "background-model": text("a model of the background such as powerlaw").optional(),
  "background-response": several("the name of the background's response file").optional(),
  "background-arf": several('the name of the background\'s ancillary response file, or "none"').optional(),
  notice: bands().optional(),
  ignore: bands().optional(),
  select: several('a list of lines such as "ignore **-0.3" and "notice 2:ch10-20"').optional(),
  bins: choice(["xspec", "inside"]).optional(),
  model: text("a model expression such as tbabs*powerlaw").optional(),
  groups: z
    .array(whole([1, 1000]), { error: "expected a list of group numbers, one a spectrum, such as [1, 1, 2]" })
    .min(1)
    .optional(),
  define: several("a model's definition such as dpl = E^-a + f*E^-b").optional(),
  abund: text("the name of an abundance table such as wilm").optional(),
  xsect: text("the name of a cross-section table such as vern").optional(),
  parameters: z
    .record(
      z.string(),
      z.union([z.number(), z.string()], {
        error: "expected a number (fixed) or a prior such as uniform(0.1, 0.3)",
      }),
      { error: 'expected one line "component.parameter: value or prior" a parameter' },
    )
    .optional(),
  statistic: choice(STATISTICS).optional(),
  weight: choice(WEIGHTS).optional(),
  systematic: share.optional(),
  method: choice(METHODS).optional(),
  preset: choice(["default", "paper"]).optional(),
  features: text("the name of the network's inputs such as sufficient").optional(),
  estimator: choice(ESTIMATORS).optional(),
  ensemble: whole(CONFIG_LIMITS.ensemble).optional(),
  steps: whole(CONFIG_LIMITS.steps).optional(),
  batch: whole(CONFIG_LIMITS.batch).optional(),
  restrict: text("auto, none or counts(lower,upper)").optional(),
  "restrict-simulations": whole(CONFIG_LIMITS.restrictSimulations).optional(),
  "restrict-rounds": whole(CONFIG_LIMITS.restrictRounds).optional(),
  "restrict-stop": fraction.optional(),
  proposal: choice(PROPOSALS).optional(),
  atoms: whole(CONFIG_LIMITS.atoms).optional(),
  "combined-loss": z.boolean({ error: "expected true or false" }).optional(),
  bayes: z.boolean({ error: "expected true or false" }).optional(),
  starts: whole(CONFIG_LIMITS.starts).optional(),
  start: z
    .record(z.string(), z.number({ error: "expected a number" }), {
      error: 'expected one line "component.parameter: value" a starting value',
    })
    .optional(),
  simulations: whole(CONFIG_LIMITS.simulations).optional(),
  rounds: whole(CONFIG_LIMITS.rounds).optional(),
  samples: whole(CONFIG_LIMITS.samples).optional(),
  "live-points": whole(CONFIG_LIMITS.livePoints).optional(),
  walkers: whole(CONFIG_LIMITS.walkers).optional(),
  burn: whole(CONFIG_LIMITS.burn).optional(),
  length: whole(CONFIG_LIMITS.length).optional(),
  seed: whole(CONFIG_LIMITS.seed).optional(),
  workers: whole(CONFIG_LIMITS.workers).optional(),
  out: text("the name of a folder").optional(),
});

/** Settings of the right types, not yet checked against model and priors. */
export type RawConfig = z.infer<typeof configSchema>;
