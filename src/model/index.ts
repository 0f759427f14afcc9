export { nearestName, suggestion } from "../math/nearest.ts";
export { abundanceTables } from "./absorption/elements.ts";
export { crossSectionTables } from "./absorption/photoelectric.ts";
export { agauss } from "./agauss.ts";
export type { AtmosphereGrid } from "./atmosphere-grid.ts";
export { bbody } from "./bbody.ts";
export { bbodyrad } from "./bbodyrad.ts";
export { bkn2pow } from "./bkn2pow.ts";
export { bknpower } from "./bknpower.ts";
export { bremss } from "./bremss.ts";
export { cabs } from "./cabs.ts";
export { cflux } from "./cflux.ts";
export { compst } from "./compst.ts";
export { comptt } from "./comptt.ts";
export { constant } from "./constant.ts";
export { cpflux } from "./cpflux.ts";
export { cutoffpl } from "./cutoffpl.ts";
export { cyclabs } from "./cyclabs.ts";
export { diskbb } from "./diskbb.ts";
export { diskline } from "./diskline.ts";
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
export { grad } from "./grad.ts";
export { grbm } from "./grbm.ts";
export { gsmooth } from "./gsmooth.ts";
export { highecut } from "./highecut.ts";
export { models } from "./list.ts";
export { logpar } from "./logpar.ts";
export { lorentz } from "./lorentz.ts";
export { lsmooth } from "./lsmooth.ts";
export { COSMOLOGY, type Cosmology, luminosityDistance } from "./luminosity-distance.ts";
export { notch } from "./notch.ts";
export { nsatmos, nsatmosOf } from "./nsatmos.ts";
export { nthcomp } from "./nthcomp.ts";
export { partcov } from "./partcov.ts";
export { pcfabs } from "./pcfabs.ts";
export { pegpwrlw } from "./pegpwrlw.ts";
export { pexrav } from "./pexrav.ts";
export { phabs } from "./phabs.ts";
export { plabs } from "./plabs.ts";
export { powerlaw } from "./powerlaw.ts";
export { pwab } from "./pwab.ts";
export { rdblur } from "./rdblur.ts";
export { redden } from "./redden.ts";
export { redge } from "./redge.ts";
export {
  defineModel,
  defineTable,
  type ModelGrid,
  ownModels,
  tableFiles,
  tablesOf,
  tableUses,
  withTableFiles,
} from "./registry.ts";
export { simpl } from "./simpl.ts";
export { smedge } from "./smedge.ts";
export { spexpcut } from "./spexpcut.ts";
export { spline } from "./spline.ts";
export { step } from "./step.ts";
export { type TableAxis, type TableForm, type TableGrid, tableModel } from "./table.ts";
export { tbabs } from "./tbabs.ts";
export { tbfeo } from "./tbfeo.ts";
export { tbgas } from "./tbgas.ts";
export { tbgrain } from "./tbgrain.ts";
export { tbpcf } from "./tbpcf.ts";
export { tbvarabs } from "./tbvarabs.ts";
export type {
  Evaluate,
  Model,
  ModelExpression,
  ModelParameter,
  Parameter,
  PhysicsSettings,
} from "./types.ts";
export { uvred } from "./uvred.ts";
export { varabs } from "./varabs.ts";
export { vashift } from "./vashift.ts";
export { vbremss } from "./vbremss.ts";
export { vmshift } from "./vmshift.ts";
export { voigt } from "./voigt.ts";
export { vphabs } from "./vphabs.ts";
export { wabs } from "./wabs.ts";
export { wndabs } from "./wndabs.ts";
export { zagauss } from "./zagauss.ts";
export { zashift } from "./zashift.ts";
export { zbbody } from "./zbbody.ts";
export { zbremss } from "./zbremss.ts";
export { zdust } from "./zdust.ts";
export { zedge } from "./zedge.ts";
export { zgauss } from "./zgauss.ts";
export { zhighect } from "./zhighect.ts";
export { zmshift } from "./zmshift.ts";
export { zpcfabs } from "./zpcfabs.ts";
export { zphabs } from "./zphabs.ts";
export { zpowerlw } from "./zpowerlw.ts";
export { zredden } from "./zredden.ts";
export { ztbabs } from "./ztbabs.ts";
export { zwabs } from "./zwabs.ts";
