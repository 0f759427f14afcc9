#!/usr/bin/env node
import { runCommandLine } from "./run.ts";
import { exitOnClosedPipe, flushOutput } from "./terminal.ts";

exitOnClosedPipe();
const code = await runCommandLine(process.argv.slice(2));
await flushOutput();
process.exit(code);
