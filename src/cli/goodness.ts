import { InputError } from "../errors.ts";
import { GOODNESS_TESTS, type SimulatedGoodness } from "../fit/simulated-goodness.ts";
import type { CommandOption, OptionValue } from "./command.ts";
import { repeated, wholeOption } from "./flags.ts";
import { SEED_OPTION } from "./options.ts";
import { formatTable } from "./table.ts";

const NAMES = Object.keys(GOODNESS_TESTS);

export const GOODNESS_OPTIONS: readonly CommandOption[] = [
  { flags: "--goodness <n>", description: "compare with so many simulated spectra" },
  {
    flags: "--test <name>",
    description: `goodness: test beside the statistic, ${NAMES.join(", ")}; default all`,
    repeat: true,
  },
  { flags: "--run <folder>", description: "goodness: simulate from the posterior of this run" },
  SEED_OPTION,
];

/** Number of simulations and tests as the options say; undefined where no goodness is asked for. */
export function goodnessPlan(options: Readonly<Record<string, OptionValue>>) {
  const count = wholeOption(options.goodness, "--goodness", [10, 1_000_000]);
  const tests = repeated(options.test);
  if (count === undefined) {
    const [other] = ["test", "run"].filter((name) => options[name] !== undefined);
    if (other !== undefined)
      throw new InputError(
        `it belongs to --goodness N, which is not given; add it, such as --goodness 1000`,
        {
          key: `--${other}`,
        },
      );
    return undefined;
  }
  for (const name of tests)
    if (!NAMES.includes(name))
      throw new InputError(`expected one of ${NAMES.join(", ")}, found "${name}"`, { key: "--test" });
  return { count, ...(tests.length > 0 && { tests }) };
}

/** The percentages as a table. */
export function formatGoodness(found: readonly SimulatedGoodness[], count: number): string {
  const rows = found.map(({ name, goodness: { percentile, error, pValue } }) => [
    name,
    percentile.toFixed(1),
    error.toFixed(1),
    pValue.toPrecision(2),
  ]);
  return `${count} simulations: percentage with a lower value than the data (about 50 for a good fit)\n\n${formatTable(["test", "% lower", "error", "chance of worse"], rows)}`;
}
