/** A file of a folder to be written; `name` may hold folders, `figures/corner.svg`. */
export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** What a run writes into its folder, in order; `result.json` stands last, so that its presence means a whole run. */
export const RUN_ENTRIES = [
  "config.yml",
  "posterior.parquet",
  "network.safetensors",
  "figures",
  "report.html",
  "result.json",
] as const;
