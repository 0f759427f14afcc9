import { decodeBase64, importShared } from "./binary.ts";
import { plain, relaxed } from "./generated/network.ts";
import type { KernelFunctions } from "./kernel-functions.ts";
import { ARENA_START, type Arena, createArena, createMemory } from "./memory.ts";

/** plain: the same bits on every machine. relaxed: fused multiply-add, about 1.3 times as fast. */
export type Build = "plain" | "relaxed";

/** The kernels on one memory. */
export interface Engine {
  readonly build: Build;
  readonly memory: WebAssembly.Memory;
  readonly arena: Arena;
  readonly kernels: KernelFunctions;
}

export interface EngineOptions {
  /** Default: an unshared memory that grows as needed. */
  readonly memory?: WebAssembly.Memory;
  /** First byte the arena may use (default: right after the kernels' constants). */
  readonly start?: number;
  /** Which build; threads that work together must use the same one. Default: relaxed where there is one. */
  readonly build?: Build;
  /** Use the plain build (if `build` does not say otherwise), whose results do not depend on the processor. */
  readonly reproducible?: boolean;
  /**
   * Called once if relaxed SIMD does not validate, to switch it on where it hides behind a flag. In Node 20 only:
   * `v8.setFlagsFromString("--experimental-wasm-relaxed-simd")` before anything else is compiled.
   */
  readonly enableRelaxed?: () => void;
}

// A module whose only function contains f32x4.relaxed_madd.
const RELAXED_PROBE = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, 0x03, 0x02, 0x01,
  0x00, 0x0a, 0x13, 0x01, 0x11, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f,
  0xfd, 0x85, 0x02, 0x0b,
]);

/** The build that this machine runs fastest. */
export function bestBuild({ enableRelaxed }: { enableRelaxed?: () => void } = {}): Build {
  if (WebAssembly.validate(RELAXED_PROBE)) return "relaxed";
  if (!enableRelaxed) return "plain";
  enableRelaxed();
  return WebAssembly.validate(RELAXED_PROBE) ? "relaxed" : "plain";
}

/** Kernels on a memory, shared or not. Errors: the build is not known to this machine. */
export async function createEngine({
  memory = createMemory(1 << 20),
  start = ARENA_START,
  build,
  reproducible = false,
  enableRelaxed,
}: EngineOptions = {}): Promise<Engine> {
  const door = enableRelaxed ? { enableRelaxed } : {};
  // Also for a given build: in a thread of its own the flag may still be off.
  const best = build === "plain" || (reproducible && !build) ? "plain" : bestBuild(door);
  const chosen = build ?? (reproducible ? "plain" : best);
  if (chosen === "relaxed" && best !== "relaxed") {
    throw new Error("internal: the relaxed build was asked for, but this machine has no relaxed SIMD");
  }
  const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
  const bytes = decodeBase64(chosen === "plain" ? plain : relaxed);
  const { instance } = await WebAssembly.instantiate(shared ? importShared(bytes) : bytes, {
    env: {
      memory,
      abort: () => {
        throw new Error("internal: a kernel aborted");
      },
    },
  });
  const kernels = instance.exports as unknown as KernelFunctions;
  return { build: chosen, memory, arena: createArena(memory, start), kernels };
}
