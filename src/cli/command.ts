import type { Terminal } from "./terminal.ts";

/** One option of a command, as commander writes it: `--seed <number>`, `--json`. */
export interface CommandOption {
  readonly flags: string;
  readonly description: string;
  /** May be given several times; the values are collected. */
  readonly repeat?: boolean;
  readonly required?: boolean;
}

export interface CommandArgument {
  /** `<spectrum...>`, `[name]`. */
  readonly name: string;
  readonly description: string;
}

/** What a command is run with. Option values are keyed by their long name in camel case. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export type OptionValue = string | boolean | readonly string[] | undefined;

/** A command is data. `run` imports what it needs itself, so that help stays quick. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly arguments?: readonly CommandArgument[];
  readonly options: readonly CommandOption[];
  /** Lines shown at the end of the help. */
  readonly examples: readonly string[];
  /** Does the work; a number is the exit code where it is not 0. */
  run(invocation: Invocation): Promise<void> | Promise<number>;
}
