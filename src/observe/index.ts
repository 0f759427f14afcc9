export type { BinFunction, BinStatistic } from "./bin-statistic.ts";
export { deviation, type ExpectedCstat, exactMoments, expectedCstat } from "./expected.ts";
export { buildFolding, fold } from "./folding.ts";
export { expectedFit } from "./kaastra.ts";
export type { ObserveInput } from "./observation.ts";
export { observe } from "./observation.ts";
export type { Statistic } from "./statistic.ts";
export { statistic, statistics } from "./statistic.ts";
export type * from "./types.ts";
