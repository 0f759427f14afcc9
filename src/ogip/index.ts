export { ancillaryOf, readAncillary } from "./ancillary.ts";
export { alignBackground, columnBackground } from "./background.ts";
export { channelRows } from "./channels.ts";
export { checkFittable, checkPoisson } from "./check.ts";
export { resolveCompanion } from "./companion.ts";
export { parseFileName } from "./filename.ts";
export { checkSameGrid } from "./grid.ts";
export { groupChannels, sumGroups } from "./grouping.ts";
export { identify } from "./hdus.ts";
export type { CompanionNames, LoadedSpectrum } from "./load.ts";
export { loadSpectrum } from "./load.ts";
export { readRedistribution, redistributionOf } from "./redistribution.ts";
export { groupedScale } from "./scale.ts";
export type { EnergyRange, Selection } from "./select.ts";
export { groupEnergies, selectGroups } from "./select.ts";
export type { SpectrumChoice } from "./spectrum.ts";
export { readSpectrum, spectrumOf } from "./spectrum.ts";
export type {
  AncillaryResponse,
  Group,
  ReadFile,
  Redistribution,
  Spectrum,
} from "./types.ts";
