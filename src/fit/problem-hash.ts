import type { Observation } from "../observe/types.ts";

/**
 * SHA-256 (hexadecimal) of what a network depends on besides model and priors: energies, folding and scale of every observation,
 * not its counts.
 */
export async function problemHash(observations: readonly Observation[]): Promise<string> {
  const parts = observations.flatMap(({ folding, scale, energyLow, energyHigh, behind }) => [
    folding.edges,
    folding.start,
    folding.length,
    folding.values,
    scale,
    energyLow,
    energyHigh,
    ...(behind ? [behind.ratio] : []),
  ]);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
