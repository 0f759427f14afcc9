/** What a run writes into its folder, in order; `result.json` stands last, so that its presence means a whole run. */
export const RUN_ENTRIES = [
  "config.yml",
  "posterior.parquet",
  "network.safetensors",
  "figures",
  "report.html",
  "result.json",
] as const;
