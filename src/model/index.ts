export { abundanceTables } from "./absorption/elements.ts";
export { bbodyrad } from "./bbodyrad.ts";
export { parseExpression } from "./expression.ts";
export { findParameter } from "./find-parameter.ts";
export { models } from "./list.ts";
export { nearestName, suggestion } from "./nearest.ts";
export { powerlaw } from "./powerlaw.ts";
export { tbabs } from "./tbabs.ts";
export type {
  Evaluate,
  Model,
  ModelExpression,
  ModelParameter,
  Parameter,
  PhysicsSettings,
} from "./types.ts";
