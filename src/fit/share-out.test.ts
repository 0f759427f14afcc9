import { describe, expect, it } from "vitest";
import { shareOut } from "./share-out.ts";

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const result of results) out.push(result);
  return out;
}

/** Lets other work go on for some turns of the event loop. */
async function turns(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe("shared work", () => {
  it("comes out in the order of the tasks, whichever is done first", async () => {
    const slowFirst = shareOut(7, 3, async (task) => {
      await turns(7 - task);
      return 10 * task;
    });
    expect(await all(slowFirst)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(await all(shareOut(0, 3, async () => 1))).toEqual([]);
  });

  it("gives each rank one task at a time, and uses all of them", async () => {
    const busy = new Set<number>();
    let most = 0;
    await all(
      shareOut(20, 3, async (task, rank) => {
        expect(busy.has(rank)).toBe(false);
        busy.add(rank);
        most = Math.max(most, busy.size);
        await turns(1 + (task % 3));
        busy.delete(rank);
      }),
    );
    expect(most).toBe(3);
  });

  it("runs ahead of who takes the results out by two rounds at most", async () => {
    let started = 0;
    const results = shareOut(100, 2, async () => ++started);
    for (let taken = 1; taken <= 10; taken++) {
      await results.next();
      await turns(5);
      expect(started).toBeLessThanOrEqual(taken + 4);
    }
  });

  it("ends with the fault of a task, where its turn comes", async () => {
    const seen: number[] = [];
    const work = shareOut(5, 2, async (task) => {
      if (task === 2) throw new Error("no. 2");
      return task;
    });
    await expect(
      (async () => {
        for await (const task of work) seen.push(task);
      })(),
    ).rejects.toThrow("no. 2");
    expect(seen).toEqual([0, 1]);
  });
});
