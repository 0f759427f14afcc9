import { localFits } from "./classical-local.ts";
import { type Handlers, problemOf, simulatorOf } from "./handler-state.ts";

export const classicalHandlers: Pick<Handlers, "localFits"> = {
  localFits: (state, job) => localFits(simulatorOf(state), problemOf(state), job),
};
