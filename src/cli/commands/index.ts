import type { Command } from "../command.ts";
import { check } from "./check.ts";
import { cite } from "./cite.ts";
import { compare } from "./compare.ts";
import { demo } from "./demo.ts";
import { eqwidth } from "./eqwidth.ts";
import { error } from "./error.ts";
import { evaluate } from "./evaluate.ts";
import { exportCommand } from "./export.ts";
import { fakeit } from "./fakeit.ts";
import { fit } from "./fit.ts";
import { flux } from "./flux.ts";
import { group } from "./group.ts";
import { infer } from "./infer.ts";
import { info } from "./info.ts";
import { models } from "./models.ts";
import { plot } from "./plot.ts";
import { reproduce } from "./reproduce.ts";
import { stat } from "./stat.ts";
import { steppar } from "./steppar.ts";
import { train } from "./train.ts";

/** Every command, in the order of the help. A new command is one file and one line here. */
export const commands: readonly Command[] = [
  demo,
  info,
  fit,
  train,
  infer,
  check,
  error,
  steppar,
  flux,
  eqwidth,
  plot,
  stat,
  evaluate,
  fakeit,
  group,
  compare,
  models,
  reproduce,
  exportCommand,
  cite,
];
