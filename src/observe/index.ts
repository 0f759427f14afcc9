export { buildFolding, fold } from "./folding.ts";
export type { ObserveInput } from "./observation.ts";
export { observe } from "./observation.ts";
export type { BinFunction, BinStatistic, Statistic } from "./statistic.ts";
export { statistic, statistics } from "./statistic.ts";
export type * from "./types.ts";
