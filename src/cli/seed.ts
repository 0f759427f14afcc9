import { randomBytes } from "node:crypto";

/** A seed for a run that names none: 32 random bits, short enough to be typed again. */
export function drawSeed(): number {
  return randomBytes(4).readUInt32LE(0);
}
