import { openPosterior } from "../fit/npe.ts";
import { type Bank, sharedFloats, simulateBank } from "../fit/simulate.ts";
import { type Trained, trainNetwork } from "../fit/train.ts";
import type { Features, Preset } from "../fit/types.ts";
import { decodeFlows, encodeFlows } from "../flow/file.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { CountsWindow } from "../npe/window.ts";
import { type Session, timed } from "./session.ts";
import { formatTyped, parseTyped } from "./typed-json.ts";

/** How a network is trained; its name tells it from others of the same set-up. */
export interface NetworkChoice {
  readonly name: string;
  readonly simulations: number;
  readonly preset?: Preset;
  readonly features?: Features;
  /** A training set from elsewhere than the prior within the set-up's counts. */
  readonly bank?: () => Promise<Bank>;
}

/** A trained network, open in the session's pool. */
export interface Network extends Facts {
  readonly name: string;
  readonly posterior: PosteriorSpec;
  readonly flows: Trained["flows"];
  /** True where the answer is the network's to the counts themselves, as in the paper. */
  readonly plain: boolean;
}

interface Facts {
  readonly simulations: number;
  /** Inputs of the flow. */
  readonly features: number;
  /** Seconds. */
  readonly simulateSeconds: number;
  readonly trainSeconds: number;
}

/** Draws to simulate: the set-up's counts. */
export function windowOf({ setup }: Session): CountsWindow {
  const [lower, upper] = setup.window;
  return { lower, upper };
}

/** The set-up's network of that name, trained now or by an earlier experiment of this run, and open in the pool. */
export async function openNetwork(session: Session, choice: NetworkChoice): Promise<Network> {
  const { lab, setup, pool } = session;
  const name = `${setup.name}-${choice.name}`;
  const path = `networks/${name}.safetensors`;
  const bytes = await lab.keptBytes(path, () => train(session, choice));
  const { flows, metadata } = decodeFlows(bytes, path);
  const { posterior, facts } = parseTyped(metadata.reproduce) as { posterior: PosteriorSpec; facts: Facts };
  await openPosterior(pool, posterior, flows, "plain");
  return { name, posterior, flows, plain: choice.preset === "paper", ...facts };
}

async function train(session: Session, choice: NetworkChoice): Promise<Uint8Array> {
  const { lab, pool, prior, bins, dimensions } = session;
  const { simulations, preset = "default", features = preset === "paper" ? "raw" : "sufficient" } = choice;
  const { seed, control } = lab;
  const window = windowOf(session);
  const simulate =
    choice.bank ?? (() => simulateBank(pool, { simulations, dimensions, bins, seed, window }, control));
  const { value: bank, seconds: simulateSeconds } = await timed(lab, simulate);
  const input = { bank, bins, priors: prior.priors, preset, features, seed, build: "plain" } as const;
  const { value: trained, seconds } = await timed(lab, () => trainNetwork(pool, input, control));
  const facts: Facts = {
    simulations: bank.rows,
    features: trained.flows[0].spec.features,
    simulateSeconds,
    trainSeconds: seconds,
  };
  return encodeFlows(trained.flows, { reproduce: formatTyped({ posterior: trained.posterior, facts }) });
}

/** Parameters a job. */
const CHUNK = 512;

/** A training set of given parameters (N, D): their expected counts, handed to every rank. */
export async function bankOf({ pool, bins, dimensions: D }: Session, theta: Float64Array): Promise<Bank> {
  const rows = theta.length / D;
  const mu = sharedFloats(rows * bins, pool.size > 1);
  const starts = Array.from({ length: Math.ceil(rows / CHUNK) }, (_, i) => i * CHUNK);
  const jobs = starts.map((from) => ({
    kind: "mu" as const,
    theta: theta.slice(from * D, (from + CHUNK) * D),
  }));
  for (const [i, part] of (await pool.map(jobs)).entries()) mu.set(part, starts[i] * bins);
  await pool.all({ kind: "bank", mu });
  return { rows, theta, mu, tried: rows };
}
