export { type CheckEfficiencyOptions, checkEfficiency } from "./checkEfficiency.ts";
export { type CheckLocalOptions, checkLocal } from "./checkLocal.ts";
export { type CheckPageInput, checkHtml } from "./checkPage.ts";
export { type RankHistogramsOptions, rankHistograms } from "./checkRankHistograms.ts";
export { parameterColumns } from "./columns.ts";
export { type CornerOptions, type CornerParameter, type CornerSamples, corner } from "./corner.ts";
export { type CoverageCurve, type CoverageOptions, coverage } from "./coverage.ts";
export { type FitReportInput, type FitReportResult, fitReportHtml } from "./fitReport.ts";
export { type HistogramOptions, histogram } from "./histogram.ts";
export { type Cell, htmlTable } from "./html.ts";
export { type IntervalsOptions, type IntervalsRun, intervals } from "./intervals.ts";
export { measurement } from "./numberText.ts";
export { type PageInput, pageHtml } from "./page.ts";
export { parameterLabel, unitText } from "./parameterLabel.ts";
export { type PdfOptions, toPdf } from "./pdf.ts";
export { type PngOptions, type PngResult, toPng } from "./png.ts";
export {
  binsOutside,
  type PredictiveBands,
  type PredictiveOptions,
  predictive,
  predictiveBands,
} from "./predictive.ts";
export { type PredictiveManyOptions, predictiveMany } from "./predictiveMany.ts";
export { type ProfileOptions, profile } from "./profile.ts";
export { type QuantilesOptions, quantilesFigure } from "./quantiles.ts";
export { type RanksOptions, ranks } from "./ranks.ts";
export { spectrumCaption } from "./readableRebin.ts";
export type { Rebin } from "./rebin.ts";
export { type RecoveryOptions, type RecoveryParameter, recovery, recoverySlope } from "./recovery.ts";
export { reportHtml } from "./report.ts";
export type { ReportFigure, ReportInput, ReportParameter, ReportResult, ReportTable } from "./reportInput.ts";
export { REPORT_STYLE } from "./reportStyle.ts";
export type { Numbers, Scene } from "./scene.ts";
export { type SpectrumOptions, type SpectrumSeries, spectrum } from "./spectrum.ts";
export { escapeXml, type SvgOptions, toSvg } from "./svg.ts";
export { type TracesOptions, traces } from "./traces.ts";
export { type TrackOptions, type TrackSeries, track } from "./track.ts";
export { type TrainingOptions, training } from "./training.ts";
export {
  evidenceSentence,
  goodnessSentence,
  refinementShift,
  trustSentence,
  trustVerdicts,
  type Verdict,
} from "./verdicts.ts";
export { type WeightsOptions, weights } from "./weights.ts";
export {
  PANEL_KINDS,
  type PanelKind,
  type Unfolded,
  type XspecPanelsOptions,
  xspecPanels,
} from "./xspecPanels.ts";
