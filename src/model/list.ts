import { agauss } from "./agauss.ts";
import { bbody } from "./bbody.ts";
import { bbodyrad } from "./bbodyrad.ts";
import { bkn2pow } from "./bkn2pow.ts";
import { bknpower } from "./bknpower.ts";
import { bremss } from "./bremss.ts";
import { cabs } from "./cabs.ts";
import { cflux } from "./cflux.ts";
import { compst } from "./compst.ts";
import { comptt } from "./comptt.ts";
import { constant } from "./constant.ts";
import { cpflux } from "./cpflux.ts";
import { cutoffpl } from "./cutoffpl.ts";
import { cyclabs } from "./cyclabs.ts";
import { diskbb } from "./diskbb.ts";
import { diskline } from "./diskline.ts";
import { diskpbb } from "./diskpbb.ts";
import { dust } from "./dust.ts";
import { edge } from "./edge.ts";
import { eplogpar } from "./eplogpar.ts";
import { expabs } from "./expabs.ts";
import { expdec } from "./expdec.ts";
import { expfac } from "./expfac.ts";
import { gabs } from "./gabs.ts";
import { gaussian } from "./gaussian.ts";
import { grad } from "./grad.ts";
import { grbm } from "./grbm.ts";
import { gsmooth } from "./gsmooth.ts";
import { highecut } from "./highecut.ts";
import { logpar } from "./logpar.ts";
import { lorentz } from "./lorentz.ts";
import { lsmooth } from "./lsmooth.ts";
import { notch } from "./notch.ts";
import { nsatmos } from "./nsatmos.ts";
import { nthcomp } from "./nthcomp.ts";
import { partcov } from "./partcov.ts";
import { pcfabs } from "./pcfabs.ts";
import { pegpwrlw } from "./pegpwrlw.ts";
import { pexrav } from "./pexrav.ts";
import { phabs } from "./phabs.ts";
import { plabs } from "./plabs.ts";
import { powerlaw } from "./powerlaw.ts";
import { pwab } from "./pwab.ts";
import { rdblur } from "./rdblur.ts";
import { redden } from "./redden.ts";
import { redge } from "./redge.ts";
import { simpl } from "./simpl.ts";
import { smedge } from "./smedge.ts";
import { spexpcut } from "./spexpcut.ts";
import { spline } from "./spline.ts";
import { step } from "./step.ts";
import { tbabs } from "./tbabs.ts";
import { tbfeo } from "./tbfeo.ts";
import { tbgas } from "./tbgas.ts";
import { tbgrain } from "./tbgrain.ts";
import { tbpcf } from "./tbpcf.ts";
import { tbvarabs } from "./tbvarabs.ts";
import type { Model } from "./types.ts";
import { uvred } from "./uvred.ts";
import { varabs } from "./varabs.ts";
import { vashift } from "./vashift.ts";
import { vbremss } from "./vbremss.ts";
import { vmshift } from "./vmshift.ts";
import { voigt } from "./voigt.ts";
import { vphabs } from "./vphabs.ts";
import { wabs } from "./wabs.ts";
import { wndabs } from "./wndabs.ts";
import { zagauss } from "./zagauss.ts";
import { zashift } from "./zashift.ts";
import { zbbody } from "./zbbody.ts";
import { zbremss } from "./zbremss.ts";
import { zdust } from "./zdust.ts";
import { zedge } from "./zedge.ts";
import { zgauss } from "./zgauss.ts";
import { zhighect } from "./zhighect.ts";
import { zmshift } from "./zmshift.ts";
import { zpcfabs } from "./zpcfabs.ts";
import { zphabs } from "./zphabs.ts";
import { zpowerlw } from "./zpowerlw.ts";
import { zredden } from "./zredden.ts";
import { ztbabs } from "./ztbabs.ts";
import { zwabs } from "./zwabs.ts";

/** Every model that an expression may name. A new model is one file and one line here. */
export const models: readonly Model[] = [
  agauss,
  bbody,
  bbodyrad,
  bkn2pow,
  bknpower,
  bremss,
  cabs,
  cflux,
  compst,
  comptt,
  constant,
  cpflux,
  cutoffpl,
  cyclabs,
  diskbb,
  diskline,
  diskpbb,
  dust,
  edge,
  eplogpar,
  expabs,
  expdec,
  expfac,
  gabs,
  gaussian,
  grad,
  grbm,
  gsmooth,
  highecut,
  logpar,
  lorentz,
  lsmooth,
  notch,
  nsatmos,
  nthcomp,
  partcov,
  pcfabs,
  pegpwrlw,
  pexrav,
  phabs,
  plabs,
  powerlaw,
  pwab,
  rdblur,
  redden,
  redge,
  simpl,
  smedge,
  spexpcut,
  spline,
  step,
  tbabs,
  tbfeo,
  tbgas,
  tbgrain,
  tbpcf,
  tbvarabs,
  uvred,
  varabs,
  vashift,
  vbremss,
  vmshift,
  voigt,
  vphabs,
  wabs,
  wndabs,
  zagauss,
  zashift,
  zbbody,
  zbremss,
  zdust,
  zedge,
  zgauss,
  zhighect,
  zmshift,
  zpcfabs,
  zphabs,
  zpowerlw,
  zredden,
  ztbabs,
  zwabs,
];
