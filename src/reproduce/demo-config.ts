import type { FitConfig, Restriction } from "../fit/types.ts";
import type { DemoRestriction, DemoRun } from "./demos.ts";

/** What a demo run changes of the defaults, as its configuration file says it. */
export function demoChanges({ restriction, simulations, rounds, features }: DemoRun): Partial<FitConfig> {
  return {
    restrict: restrictOf(restriction),
    ...(restriction.kind !== "coarse" && { restriction: restriction.plan }),
    simulations,
    rounds,
    ...(features && { features }),
  };
}

function restrictOf(restriction: DemoRestriction): Restriction {
  if (restriction.kind === "coarse") return { kind: "coarse", simulations: restriction.simulations };
  if (restriction.kind === "cstat") return { kind: "cstat", fraction: restriction.fraction };
  const [lower, upper] = restriction.counts;
  return { kind: "classifier", lower, upper };
}
