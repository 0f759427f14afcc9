import type { Engine } from "./engine.ts";
import type { KernelFunctions } from "./kernel-functions.ts";
import { align } from "./memory.ts";

/** An engine without kernels or memory, on which a layout can be tried out to learn how much room it takes. */
export function measuringEngine(): { engine: Engine; bytes(): number } {
  let top = 0;
  const memory = {} as WebAssembly.Memory;
  const arena = {
    memory,
    floats(n: number): number {
      const place = top;
      top = align(top + 4 * n);
      return place;
    },
    mark: () => top,
    release(mark: number) {
      top = mark;
    },
  };
  return { engine: { build: "plain", memory, arena, kernels: {} as KernelFunctions }, bytes: () => top };
}
