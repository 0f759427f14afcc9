import type { Progress } from "../fit/types.ts";
import type { Terminal } from "./terminal.ts";

/** What is counted; nothing where `total` is 100 per cent. */
const STAGES: Readonly<Record<Progress["stage"], readonly [label: string, unit: string]>> = {
  read: ["reading", "files"],
  restrict: ["restricting the prior", "draws"],
  simulate: ["simulating", "spectra"],
  train: ["training", "steps"],
  sample: ["sampling", "draws"],
  refine: ["refining", "draws"],
  nested: ["nested sampling", ""],
  infer: ["inferring", "spectra"],
  test: ["testing", "spectra"],
  fit: ["fitting", "starts"],
  mcmc: ["Markov chains", ""],
  error: ["confidence", "ranges"],
  write: ["writing", "files"],
};

const TTY_INTERVAL = 100;
const LINE_INTERVAL = 10_000;
const BAR = 20;

export interface ProgressDisplay {
  report(progress: Progress): void;
  /** Ends the stage under way with a line about it. */
  end(): void;
  /** Clears the bar of a stage that failed. */
  abandon(): void;
}

/**
 * Progress of long work on stderr: a bar on a terminal, elsewhere one line when a stage ends and one each ten seconds
 * in between, nothing with --quiet. `now` gives milliseconds.
 */
export function createProgress(
  terminal: Terminal,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  if (terminal.quiet) return { report: () => undefined, end: () => undefined, abandon: () => undefined };
  let current: Progress | undefined;
  let started = 0;
  let shown = 0;
  const write = (text: string) => void terminal.err.write(text);
  const finish = () => {
    if (current === undefined) return;
    if (terminal.isTTY) write("\r\x1b[2K");
    write(`${finishedLine(current, now() - started)}\n`);
    current = undefined;
  };
  return {
    report(progress) {
      const time = now();
      if (progress.stage !== current?.stage) {
        finish();
        started = time;
        shown = terminal.isTTY ? Number.NEGATIVE_INFINITY : time;
      }
      current = progress;
      if (time - shown < (terminal.isTTY ? TTY_INTERVAL : LINE_INTERVAL)) return;
      shown = time;
      const line = runningLine(progress, time - started, terminal.isTTY);
      write(terminal.isTTY ? `\r\x1b[2K${line.slice(0, terminal.columns - 1)}` : `${line}\n`);
    },
    end: finish,
    abandon() {
      if (terminal.isTTY && current !== undefined) write("\r\x1b[2K");
      current = undefined;
    },
  };
}

function runningLine({ stage, done, total, note }: Progress, elapsed: number, bar: boolean): string {
  const [label, unit] = STAGES[stage];
  const fraction = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(fraction * BAR);
  const rate = elapsed > 0 ? (1000 * done) / elapsed : 0;
  const left = fraction > 0 ? (elapsed * (1 - fraction)) / fraction / 1000 : undefined;
  return [
    label.padEnd(16),
    bar ? `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}]` : "",
    `${Math.floor(100 * fraction)} %`.padStart(5),
    unit === "" ? "" : `${grouped(done)}/${grouped(total)} ${unit}`,
    unit !== "" && rate > 0 ? `${grouped(rate)}/s` : "",
    left === undefined ? "" : `${duration(left)} left`,
    note ?? "",
  ]
    .filter((part) => part !== "")
    .join("  ");
}

function finishedLine({ stage, done, total, note }: Progress, elapsed: number): string {
  const [label, unit] = STAGES[stage];
  if (unit === "") {
    const parts = [`${label.padEnd(16)}  ${duration(elapsed / 1000)}`, note ?? ""];
    return parts.filter((part) => part !== "").join("  ");
  }
  const count = done === 0 ? total : done;
  const rate = elapsed > 0 && count > 1 ? `, ${grouped((1000 * count) / elapsed)}/s` : "";
  const what = `${grouped(count)} ${count === 1 ? unit.replace(/s$/, "") : unit}`;
  const parts = [`${label.padEnd(16)}  ${what} in ${duration(elapsed / 1000)}${rate}`, note ?? ""];
  return parts.filter((part) => part !== "").join("  ");
}

/** 12345.6 as "12 346". */
export function grouped(value: number): string {
  const digits = value < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
  return digits.replace(/\B(?=(\d{3})+$)/g, " ");
}

/** Seconds as people say them: "0.4 s", "12 s", "3 min 05 s", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
