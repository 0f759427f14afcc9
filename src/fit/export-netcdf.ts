import { InputError } from "../errors.ts";
import { type EqualDraws, parameterValues } from "./export-draws.ts";
import type { RunResult } from "./types.ts";

/** What of a run's result goes into the file. */
type Described = Pick<RunResult, "xnpe" | "model" | "method" | "seed"> & {
  readonly parameters: readonly { readonly name: string; readonly unit: string }[];
};

/** What of h5wasm is used. */
interface Attributed {
  create_attribute(name: string, data: unknown, shape?: number[] | null, dtype?: string | null): void;
}
interface Dataset extends Attributed {
  make_scale(name?: string): void;
  attach_scale(index: number, path: string): void;
}
interface Group extends Attributed {
  create_group(name: string): Group;
  create_dataset(what: { name: string; data: unknown; shape: number[]; dtype: string }): Dataset;
}

/**
 * The draws as netCDF-4 with ArviZ's groups: `posterior`, one variable (chain, draw) a parameter, and `sample_stats` with `lp` (ln prior + ln likelihood) and
 * `log_likelihood_total`, one chain. `arviz.from_netcdf` reads it. InputError where the optional package h5wasm is not installed.
 */
export async function formatNetcdf(draws: EqualDraws, result: Described): Promise<Uint8Array> {
  const { h5, FS } = await openHdf5();
  const name = "xnpe-export.nc";
  const file = new h5.File(name, "w") as Group & { close(): void };
  try {
    for (const [key, value] of Object.entries(attributes(result))) file.create_attribute(key, value);
    const posterior = groupOf(file, "posterior", draws.logLike.length);
    draws.names.forEach((path, d) => {
      posterior.put(path, parameterValues(draws, d), unitOf(result, path));
    });
    const stats = groupOf(file, "sample_stats", draws.logLike.length);
    stats.put(
      "lp",
      draws.logLike.map((logLike, m) => logLike + draws.logPrior[m]),
    );
    stats.put("log_likelihood_total", draws.logLike);
  } finally {
    file.close();
  }
  const bytes = FS.readFile(name);
  FS.unlink(name);
  return bytes;
}

function attributes({ xnpe, model, method, seed }: Described): Record<string, string> {
  return { inference_library: "xnpe", inference_library_version: xnpe, model, method, seed: String(seed) };
}

function unitOf({ parameters }: Described, path: string): string {
  return parameters.find(({ name }) => name === path)?.unit ?? "";
}

/** A group with the dimensions chain and draw, and how a variable is put into it. */
function groupOf(file: Group, name: string, M: number) {
  const group = file.create_group(name);
  const dimensions = [
    { label: "chain", values: BigInt64Array.of(0n) },
    { label: "draw", values: BigInt64Array.from({ length: M }, (_, m) => BigInt(m)) },
  ];
  for (const { label, values } of dimensions)
    group
      .create_dataset({ name: label, data: values, shape: [values.length], dtype: "<q" })
      .make_scale(label);
  return {
    put(variable: string, values: Float64Array, unit = "") {
      const dataset = group.create_dataset({ name: variable, data: values, shape: [1, M], dtype: "<d" });
      dimensions.forEach(({ label }, index) => {
        dataset.attach_scale(index, `/${name}/${label}`);
      });
      if (unit !== "") dataset.create_attribute("units", unit);
    },
  };
}

/** The package by a name that compilers do not resolve: it is optional. */
async function openHdf5() {
  const name: string = "h5wasm";
  const loaded = await import(name).catch((cause: unknown) => {
    throw new InputError(
      "netCDF needs the optional package h5wasm; install it with npm install h5wasm",
      {},
      { cause },
    );
  });
  const h5 = loaded.default;
  const { FS } = await h5.ready;
  return { h5, FS } as {
    h5: { File: new (name: string, mode: string) => unknown };
    FS: { readFile(name: string): Uint8Array; unlink(name: string): void };
  };
}
