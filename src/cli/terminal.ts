import type { Writable } from "node:stream";

/** Where a command prints: results to `out`, everything else to `err`. */
export interface Terminal {
  /** A result for people or machines; a line feed is added. */
  print(text: string): void;
  /** A remark on stderr; a line feed is added. Silent with --quiet. */
  note(text: string): void;
  readonly err: Writable;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly quiet: boolean;
}

export function createTerminal({ quiet }: { readonly quiet: boolean }): Terminal {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => {
      if (!quiet) process.stderr.write(`${text}\n`);
    },
    err: process.stderr,
    isTTY: process.stderr.isTTY === true && process.env.TERM !== "dumb",
    columns: process.stderr.columns ?? 80,
    quiet,
  };
}

/**
 * A reader that goes away (`xnpe models | head`) ends the program quietly; an output that cannot be written, such as a
 * file on a full disk, with a sentence and code 2.
 */
export function exitOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      if (stream === process.stdout)
        process.stderr.write(`xnpe: cannot write the output: ${error.message}\n`);
      process.exit(2);
    });
  }
}

/** Resolves once everything printed has been handed to the system. */
export async function flushOutput(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((done) => stream.write("", () => done()));
  }
}
