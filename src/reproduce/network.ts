import { openPosterior } from "../fit/npe.ts";
import { simulateBank } from "../fit/simulate.ts";
import { type Trained, trainNetwork } from "../fit/train.ts";
import type { Features, Preset } from "../fit/types.ts";
import { decodeFlows, encodeFlows } from "../flow/file.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { Recipe } from "../npe/recipe.ts";
import { type CountsWindow, everything } from "../npe/window.ts";
import type { FoundRegion } from "./regions.ts";
import { type Session, timed } from "./session.ts";
import { formatTyped, parseTyped } from "./typed-json.ts";

/** How a network is trained; its name tells it from others of the same set-up. */
export interface NetworkChoice {
  readonly name: string;
  readonly simulations: number;
  readonly preset?: Preset;
  readonly features?: Features;
  /** In place of what the preset asks for. */
  readonly plan?: Partial<Recipe>;
  /** The part of the prior that is simulated; default: the set-up's counts. */
  readonly region?: () => Promise<FoundRegion>;
}

/** A trained network, open in the session's pool. */
export interface Network extends Facts {
  readonly name: string;
  readonly posterior: PosteriorSpec;
  readonly flows: Trained["flows"];
  /** Open in the pool, too. */
  readonly found?: FoundRegion;
  /** True where the answer is the network's to the counts themselves, as in the paper. */
  readonly plain: boolean;
}

interface Facts {
  readonly simulations: number;
  /** Inputs of the flow. */
  readonly features: number;
  /** Seconds. */
  readonly restrictSeconds: number;
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
  const { posterior, facts, found } = parseTyped(metadata.reproduce) as Described;
  await openPosterior(pool, posterior, flows, BUILD);
  if (found) await pool.all({ kind: "regionOpen", region: found.region, build: BUILD });
  const plain = choice.preset === "paper";
  return { name, posterior, flows, plain, ...facts, ...(found && { found }) };
}

const BUILD = "plain";

/** What the file of a network holds besides its weights. */
interface Described {
  readonly posterior: PosteriorSpec;
  readonly facts: Facts;
  readonly found?: FoundRegion;
}

async function train(session: Session, choice: NetworkChoice): Promise<Uint8Array> {
  const { lab, pool, prior, bins, dimensions } = session;
  const {
    simulations,
    preset = "default",
    features = preset === "paper" ? "raw" : "sufficient",
    plan,
  } = choice;
  const { seed, control } = lab;
  const { value: found, seconds: restrictSeconds } = await timed(lab, async () => choice.region?.());
  if (found) await pool.all({ kind: "regionOpen", region: found.region, build: BUILD });
  const part = partOf(session, found);
  const { value: bank, seconds: simulateSeconds } = await timed(lab, () =>
    simulateBank(pool, { simulations, dimensions, bins, seed, ...part }, control),
  );
  const input = {
    bank,
    bins,
    priors: prior.priors,
    preset,
    features,
    seed,
    build: BUILD,
    ...(plan && { plan }),
  } as const;
  const { value: trained, seconds: trainSeconds } = await timed(lab, () =>
    trainNetwork(pool, input, control),
  );
  const facts: Facts = {
    simulations: bank.rows,
    features: trained.flows[0].spec.features,
    ...{ restrictSeconds, simulateSeconds, trainSeconds },
  };
  const described: Described = { posterior: trained.posterior, facts, ...(found && { found }) };
  return encodeFlows(trained.flows, { reproduce: formatTyped(described) });
}

/** The part of the prior that training and test spectra come from: the open region, or the set-up's counts. */
export function partOf(session: Session, found?: FoundRegion) {
  return found ? { window: everything, restricted: true } : { window: windowOf(session) };
}
