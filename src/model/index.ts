export { nearestName, suggestion } from "../math/nearest.ts";
export { abundanceTables } from "./absorption/elements.ts";
export { crossSectionTables } from "./absorption/photoelectric.ts";
export { agauss } from "./agauss.ts";
export { bbody } from "./bbody.ts";
export { bbodyrad } from "./bbodyrad.ts";
export { bkn2pow } from "./bkn2pow.ts";
export { bknpower } from "./bknpower.ts";
export { cabs } from "./cabs.ts";
export { constant } from "./constant.ts";
export { cutoffpl } from "./cutoffpl.ts";
export { cyclabs } from "./cyclabs.ts";
export { diskbb } from "./diskbb.ts";
export { diskpbb } from "./diskpbb.ts";
export { dust } from "./dust.ts";
export { edge } from "./edge.ts";
export { eplogpar } from "./eplogpar.ts";
export { expabs } from "./expabs.ts";
export { expdec } from "./expdec.ts";
export { expfac } from "./expfac.ts";
export { parseExpression } from "./expression.ts";
export { findParameter } from "./find-parameter.ts";
export { gabs } from "./gabs.ts";
export { gaussian } from "./gaussian.ts";
export { grbm } from "./grbm.ts";
export { highecut } from "./highecut.ts";
export { models } from "./list.ts";
export { logpar } from "./logpar.ts";
export { lorentz } from "./lorentz.ts";
export { notch } from "./notch.ts";
export { pcfabs } from "./pcfabs.ts";
export { pegpwrlw } from "./pegpwrlw.ts";
export { phabs } from "./phabs.ts";
export { plabs } from "./plabs.ts";
export { powerlaw } from "./powerlaw.ts";
export { pwab } from "./pwab.ts";
export { redden } from "./redden.ts";
export { redge } from "./redge.ts";
export { smedge } from "./smedge.ts";
export { spexpcut } from "./spexpcut.ts";
export { spline } from "./spline.ts";
export { step } from "./step.ts";
export { tbabs } from "./tbabs.ts";
export { tbfeo } from "./tbfeo.ts";
export { tbgas } from "./tbgas.ts";
export { tbgrain } from "./tbgrain.ts";
export { tbpcf } from "./tbpcf.ts";
export type {
  Evaluate,
  Model,
  ModelExpression,
  ModelParameter,
  Parameter,
  PhysicsSettings,
} from "./types.ts";
export { tbvarabs } from "./tbvarabs.ts";
export { uvred } from "./uvred.ts";
export { varabs } from "./varabs.ts";
export { voigt } from "./voigt.ts";
export { vphabs } from "./vphabs.ts";
export { wabs } from "./wabs.ts";
export { wndabs } from "./wndabs.ts";
export { zagauss } from "./zagauss.ts";
export { zbbody } from "./zbbody.ts";
export { zdust } from "./zdust.ts";
export { zedge } from "./zedge.ts";
export { zgauss } from "./zgauss.ts";
export { zhighect } from "./zhighect.ts";
export { zpcfabs } from "./zpcfabs.ts";
export { zphabs } from "./zphabs.ts";
export { zpowerlw } from "./zpowerlw.ts";
export { zredden } from "./zredden.ts";
export { ztbabs } from "./ztbabs.ts";
export { zwabs } from "./zwabs.ts";
