import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createProgress, duration, grouped } from "./progress.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

/** A terminal that remembers what was written to its stderr. */
function listen(changes: Partial<Terminal>): { terminal: Terminal; written: () => string } {
  let text = "";
  const err = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return {
    terminal: { ...createTerminal({ quiet: false }), columns: 100, ...changes, err },
    written: () => text,
  };
}

/** Reports `steps` steps of a stage, one a second. */
function run(terminal: Terminal, steps: number): void {
  let time = 0;
  const progress = createProgress(terminal, () => time);
  for (let done = 0; done <= steps; done++) {
    progress.report({ stage: "simulate", done: done * 1000, total: steps * 1000 });
    time += 1000;
  }
  progress.end();
}

describe("progress", () => {
  it("without a terminal is a line each ten seconds and one at the end", () => {
    const { terminal, written } = listen({ isTTY: false });
    run(terminal, 25);
    expect(written()).toBe(
      [
        "simulating         40 %  10 000/25 000 spectra  1 000/s  15 s left",
        "simulating         80 %  20 000/25 000 spectra  1 000/s  5.0 s left",
        "simulating        25 000 spectra in 26 s, 962/s",
        "",
      ].join("\n"),
    );
  });

  it("on a terminal is one line that is drawn over, never wider than the terminal", () => {
    const { terminal, written } = listen({ isTTY: true, columns: 60 });
    run(terminal, 10);
    const lines = written().split("\r\x1b[2K").slice(1);
    expect(lines).toHaveLength(12);
    expect(lines[5]).toMatch(/^simulating {8}\[##########----------\] {3}50 %/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60);
    expect(written().split("\n")).toHaveLength(2);
  });

  it("is silent with --quiet", () => {
    const { terminal, written } = listen({ quiet: true });
    run(terminal, 25);
    expect(written()).toBe("");
  });

  it("ends a stage when the next begins", () => {
    const { terminal, written } = listen({ isTTY: false });
    let time = 0;
    const progress = createProgress(terminal, () => time);
    progress.report({ stage: "read", done: 1, total: 1 });
    time = 500;
    progress.report({ stage: "train", done: 0, total: 10 });
    time = 1500;
    progress.report({ stage: "train", done: 10, total: 10, note: "loss -1.2" });
    progress.end();
    expect(written()).toBe(
      "reading           1 file in 0.5 s\ntraining          10 steps in 1.0 s, 10/s  loss -1.2\n",
    );
  });

  it("counts nothing where only the share that is done is known", () => {
    const { terminal, written } = listen({ isTTY: false });
    let time = 0;
    const progress = createProgress(terminal, () => time);
    progress.report({ stage: "nested", done: 1, total: 100 });
    time = 10_000;
    progress.report({ stage: "nested", done: 40, total: 100, note: "log Z -3.20" });
    time = 25_000;
    progress.report({ stage: "nested", done: 100, total: 100, note: "log Z -2.10" });
    progress.end();
    expect(written().split("\n")).toEqual([
      "nested sampling    40 %  15 s left  log Z -3.20",
      "nested sampling   100 %  0.0 s left  log Z -2.10",
      "nested sampling   25 s  log Z -2.10",
      "",
    ]);
  });
});

describe("numbers for people", () => {
  it("are grouped by thousands", () => {
    expect([0, 7, 2.5, 999, 1000, 1234567].map(grouped)).toEqual([
      "0",
      "7",
      "2.5",
      "999",
      "1 000",
      "1 234 567",
    ]);
  });

  it("say durations in the unit that fits", () => {
    expect([0.04, 9.94, 9.96, 59.4, 59.6, 185, 7800].map(duration)).toEqual([
      "0.0 s",
      "9.9 s",
      "10 s",
      "59 s",
      "1 min 00 s",
      "3 min 05 s",
      "2 h 10 min",
    ]);
  });
});
