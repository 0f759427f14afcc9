import type { FlowKind } from "./flow-kind.ts";
import { maf } from "./maf.ts";
import { mdn } from "./mdn.ts";
import { nsf } from "./nsf.ts";

/** All conditional densities. To add one: a file like `maf.ts`, its specification in `spec.ts`, its network in `network.ts` and an entry here. */
export const flows: readonly FlowKind[] = [maf, nsf, mdn];

export function flowKind(kind: string): FlowKind {
  const found = flows.find((flow) => flow.kind === kind);
  if (!found) throw new Error(`internal: no flow called ${kind}`);
  return found;
}
