/** Why a run was stopped: the signal that ended it. */
export class Interrupted extends Error {
  readonly exitCode: number;
  /** The command with which the work goes on, where it can. */
  next?: string;

  constructor(signal: NodeJS.Signals) {
    super("interrupted");
    this.name = "Interrupted";
    this.exitCode = signal === "SIGTERM" ? 143 : 130;
  }
}

/** Milliseconds after which a run that does not stop by itself is ended. */
const PATIENCE = 5000;

/** A signal that Ctrl-C (or a polite kill) aborts; a second Ctrl-C ends the program at once. */
export function onInterrupt(): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    const reason = new Interrupted(signal);
    if (controller.signal.aborted) process.exit(reason.exitCode);
    controller.abort(reason);
    setTimeout(() => process.exit(reason.exitCode), PATIENCE).unref();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
    },
  };
}
