export { ancillaryOf, readAncillary } from "./ancillary.ts";
export { type AtmosphereFile, readAtmosphereGrid } from "./atmosphere-grid.ts";
export { alignBackground, columnBackground } from "./background.ts";
export { channelRows } from "./channels.ts";
export { checkFittable, checkPoisson } from "./check.ts";
export { resolveCompanion } from "./companion.ts";
export type {
  AncillaryDescription,
  FileDescription,
  ResponseDescription,
  SpectrumDescription,
} from "./describe.ts";
export { describeFile } from "./describe.ts";
export { parseFileName } from "./filename.ts";
export { checkSameGrid } from "./grid.ts";
export { groupChannels, sumGroups } from "./grouping.ts";
export { identify } from "./hdus.ts";
export type { BackgroundResponse, CompanionNames, LoadedSpectrum } from "./load.ts";
export { loadBackgroundResponse, loadSpectrum, loadWithBackground } from "./load.ts";
export { noiseGrouping, type ScaledBackground, scaledBackground } from "./noise-grouping.ts";
export { optimalGrouping } from "./optimal-grouping.ts";
export { readRedistribution, redistributionOf } from "./redistribution.ts";
export { constantGrouping, minimumGrouping } from "./regroup.ts";
export { regroupFile } from "./regroup-file.ts";
export { groupedScale } from "./scale.ts";
export type { ChannelRange, EnergyRange, Range, Selection, SelectionStep } from "./select.ts";
export { groupEnergies, selectGroups } from "./select.ts";
export type { SpectrumChoice } from "./spectrum.ts";
export { readSpectrum, spectraOf, spectrumOf } from "./spectrum.ts";
export { readTableModel, type TableModelFile, type TableParameter } from "./table-model.ts";
export type {
  AncillaryResponse,
  Group,
  ReadFile,
  Redistribution,
  Spectrum,
} from "./types.ts";
export { type ChainColumn, type ChainInput, writeChain } from "./write-chain.ts";
export { writeAncillary, writeRedistribution } from "./write-response.ts";
export { writeSpectrum } from "./write-spectrum.ts";
