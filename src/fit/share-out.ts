/**
 * Results of tasks 0 .. count-1 in their order, as they are done. Each rank does one task at a time and takes the next that nobody has taken, but
 * no more than two rounds of results are held: memory does not grow with the number of tasks.
 */
export async function* shareOut<T>(
  count: number,
  ranks: number,
  work: (task: number, rank: number) => Promise<T>,
): AsyncGenerator<T> {
  const held = new Map<number, Promise<T>>();
  const free = Array.from({ length: ranks }, (_, rank) => rank);
  let next = 0;
  const start = () => {
    while (next < count && held.size < 2 * ranks) {
      const rank = free.shift();
      if (rank === undefined) return;
      const task = next++;
      const done = work(task, rank).finally(() => {
        free.push(rank);
        start();
      });
      // Whoever takes the result out sees the fault; until then it is nobody's.
      done.catch(() => undefined);
      held.set(task, done);
    }
  };
  for (let task = 0; task < count; task++) {
    // All earlier tasks are done, so that this one has been started.
    start();
    const result = await held.get(task);
    held.delete(task);
    yield result as T;
  }
}
