import { InputError } from "../errors.ts";
import { createHandler } from "./handler.ts";
import type { Job, JobResult } from "./jobs.ts";

/** One end of a worker, whatever kind of thread the platform has. */
export interface WorkerPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onError(listener: (error: Error) => void): void;
  terminate(): void;
}

/** Starts a worker that runs `serve` of this file on its side. */
export type SpawnWorker = () => WorkerPort;

/** Ranks 0 .. size-1, each with a state of its own; a rank takes one job at a time, in the order given. */
export interface Pool {
  readonly size: number;
  /** The job done by one rank. */
  run<J extends Job>(rank: number, job: J): Promise<JobResult<J>>;
  /** The same job done by every rank at once. */
  all<J extends Job>(job: J): Promise<JobResult<J>[]>;
  /** Jobs shared out as ranks become free; results in the order of the jobs. */
  map<J extends Job>(jobs: readonly J[], onDone?: (done: number) => void): Promise<JobResult<J>[]>;
  close(): void;
}

export interface Request {
  readonly id: number;
  readonly rank: number;
  readonly ranks: number;
  readonly job: Job;
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly error: Fault };

/** An error as it crosses threads, which keep neither class nor fields. */
interface Fault {
  readonly input: boolean;
  readonly message: string;
  readonly stack: string;
}

/** True where memory can be shared between threads, without which a pool has one rank. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== "undefined";
}

export interface PoolOptions {
  readonly size: number;
  readonly spawn?: SpawnWorker;
  readonly signal?: AbortSignal;
}

/**
 * A pool of `size` workers; without `spawn`, without shared memory or with size 1 the jobs run in this thread, between
 * turns of the event loop, with the same results.
 */
export function createPool({ size, spawn, signal }: PoolOptions): Pool {
  const ranks = spawn === undefined || !canShareMemory() ? 1 : size;
  const transports =
    ranks === 1 || spawn === undefined
      ? [inline()]
      : Array.from({ length: ranks }, (_, rank) => threaded(spawn(), rank, ranks));
  const close = (reason: unknown) => {
    for (const transport of transports) transport.close(reason);
  };
  const abort = () => close(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const run = <J extends Job>(rank: number, job: J): Promise<JobResult<J>> => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return transports[rank].run(job) as Promise<JobResult<J>>;
  };
  return {
    size: ranks,
    run,
    all: (job) => Promise.all(transports.map((_, rank) => run(rank, job))),
    async map(jobs, onDone) {
      const results: JobResult<(typeof jobs)[number]>[] = new Array(jobs.length);
      let next = 0;
      let done = 0;
      await Promise.all(
        transports.map(async (_, rank) => {
          while (next < jobs.length) {
            const i = next++;
            results[i] = await run(rank, jobs[i]);
            onDone?.(++done);
          }
        }),
      );
      return results;
    },
    close() {
      signal?.removeEventListener("abort", abort);
      close(new Error("internal: the worker was stopped"));
    },
  };
}

interface Transport {
  run(job: Job): Promise<unknown>;
  /** Ends the thread; jobs under way are rejected with the reason. */
  close(reason: unknown): void;
}

function inline(): Transport {
  const handle = createHandler(0, 1);
  return {
    async run(job) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      return handle(job);
    },
    close() {},
  };
}

function threaded(port: WorkerPort, rank: number, ranks: number): Transport {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
  let id = 0;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  port.onMessage((message) => {
    const reply = message as Reply;
    const entry = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) entry?.resolve(reply.result);
    else entry?.reject(revive(reply.error));
  });
  port.onError(fail);
  return {
    run(job) {
      if (failure !== undefined) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiting.set(++id, { resolve, reject });
        port.post({ id, rank, ranks, job } satisfies Request);
      });
    },
    close(reason) {
      fail(reason);
      port.terminate();
    },
  };
}

/** The worker's side: answers requests in their order until the thread is ended. */
export function serve(
  listen: (listener: (message: unknown) => void) => void,
  reply: (message: Reply) => void,
): void {
  let handle: ReturnType<typeof createHandler> | undefined;
  let queue = Promise.resolve();
  listen((message) => {
    const { id, rank, ranks, job } = message as Request;
    handle ??= createHandler(rank, ranks);
    const work = handle;
    queue = queue.then(async () => {
      try {
        reply({ id, ok: true, result: await work(job) });
      } catch (error) {
        reply({ id, ok: false, error: fault(error) });
      }
    });
  });
}

function fault(error: unknown): Fault {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { input: error instanceof InputError, message, stack };
}

function revive({ input, message, stack }: Fault): Error {
  const error = input ? new InputError(message) : new Error(message);
  error.stack = stack;
  return error;
}
