import { confidence } from "../search/confidence.ts";
import { restarted } from "../search/fit-problem.ts";
import { levenbergMarquardt } from "../search/levenberg-marquardt.ts";
import { stepPar } from "../search/step-par.ts";
import { localFits } from "./classical-local.ts";
import { simulatorProblem } from "./classical-simulator.ts";
import { type Handlers, problemOf, type RankState, simulatorOf } from "./handler-state.ts";

const openFit = (state: RankState) => simulatorProblem(simulatorOf(state), problemOf(state));

export const classicalHandlers: Pick<Handlers, "localFits" | "classicalFit" | "confidence" | "stepPar"> = {
  localFits: (state, job) => localFits(simulatorOf(state), problemOf(state), job),
  classicalFit: (state, { start, renormalise }) =>
    levenbergMarquardt(restarted(openFit(state), start), { renormalise }),
  stepPar: (state, { start, axes }) => stepPar(restarted(openFit(state), start), axes),
  confidence: (state, { fit, index, options }) => confidence(openFit(state), fit, index, options),
};
