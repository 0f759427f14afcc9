import { writeFits } from "../fits/index.ts";

/** One free parameter of a chain. */
export interface ChainColumn {
  /** XSPEC's name of the parameter, and its number in the model, from 1. */
  readonly name: string;
  readonly number: number;
  readonly unit: string;
  /** One value a state (M). */
  readonly values: Float64Array;
}

export interface ChainInput {
  readonly columns: readonly ChainColumn[];
  /** Value of the statistic of each state (M), and its name. */
  readonly statistic: Float64Array;
  readonly statisticName: string;
  readonly walkers?: number;
}

/**
 * A chain that XSPEC loads (`chain load FILE`): table CHAIN, one column `name__number` a parameter and FIT_STATISTIC, with the keywords that XSPEC's
 * reader asks for.
 */
export function writeChain({ columns, statistic, statisticName, walkers = 1 }: ChainInput): Uint8Array {
  return writeFits([
    {
      name: "CHAIN",
      rows: statistic.length,
      columns: [
        ...columns.map(({ name, number, unit, values }) => ({
          name: `${name}__${number}`,
          type: "D" as const,
          values,
          ...(unit !== "" && { unit }),
        })),
        { name: "FIT_STATISTIC", type: "D" as const, values: statistic, unit: statisticName },
      ],
      keywords: [
        { key: "TEMPR001", value: 1 },
        { key: "STROW001", value: 1 },
        { key: "CHAINTYP", value: "GoodmanWeare" },
        { key: "NWALKERS", value: walkers },
      ],
    },
  ]);
}
