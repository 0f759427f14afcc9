export { abundanceTables } from "./absorption/elements.ts";
export { crossSectionTables } from "./absorption/photoelectric.ts";
export { bbody } from "./bbody.ts";
export { bbodyrad } from "./bbodyrad.ts";
export { bkn2pow } from "./bkn2pow.ts";
export { bknpower } from "./bknpower.ts";
export { constant } from "./constant.ts";
export { cutoffpl } from "./cutoffpl.ts";
export { parseExpression } from "./expression.ts";
export { findParameter } from "./find-parameter.ts";
export { gaussian } from "./gaussian.ts";
export { models } from "./list.ts";
export { lorentz } from "./lorentz.ts";
export { nearestName, suggestion } from "./nearest.ts";
export { pcfabs } from "./pcfabs.ts";
export { phabs } from "./phabs.ts";
export { powerlaw } from "./powerlaw.ts";
export { tbabs } from "./tbabs.ts";
export { tbgas } from "./tbgas.ts";
export { tbpcf } from "./tbpcf.ts";
export type {
  Evaluate,
  Model,
  ModelExpression,
  ModelParameter,
  Parameter,
  PhysicsSettings,
} from "./types.ts";
export { zbbody } from "./zbbody.ts";
export { zgauss } from "./zgauss.ts";
export { zpcfabs } from "./zpcfabs.ts";
export { zphabs } from "./zphabs.ts";
export { zpowerlw } from "./zpowerlw.ts";
export { ztbabs } from "./ztbabs.ts";
