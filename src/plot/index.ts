export { type CornerOptions, type CornerParameter, type CornerSamples, corner } from "./corner.ts";
export { measurement } from "./numberText.ts";
export { type PngOptions, type PngResult, toPng } from "./png.ts";
export type { Scene } from "./scene.ts";
export { type SpectrumOptions, type SpectrumSeries, spectrum } from "./spectrum.ts";
export { type SvgOptions, toSvg } from "./svg.ts";
