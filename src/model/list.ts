import { bbody } from "./bbody.ts";
import { bbodyrad } from "./bbodyrad.ts";
import { bkn2pow } from "./bkn2pow.ts";
import { bknpower } from "./bknpower.ts";
import { constant } from "./constant.ts";
import { cutoffpl } from "./cutoffpl.ts";
import { gaussian } from "./gaussian.ts";
import { lorentz } from "./lorentz.ts";
import { pcfabs } from "./pcfabs.ts";
import { phabs } from "./phabs.ts";
import { powerlaw } from "./powerlaw.ts";
import { tbabs } from "./tbabs.ts";
import { tbgas } from "./tbgas.ts";
import { tbpcf } from "./tbpcf.ts";
import type { Model } from "./types.ts";
import { zbbody } from "./zbbody.ts";
import { zgauss } from "./zgauss.ts";
import { zpcfabs } from "./zpcfabs.ts";
import { zphabs } from "./zphabs.ts";
import { zpowerlw } from "./zpowerlw.ts";
import { ztbabs } from "./ztbabs.ts";

/** Every model that an expression may name. A new model is one file and one line here. */
export const models: readonly Model[] = [
  bbody,
  bbodyrad,
  bkn2pow,
  bknpower,
  constant,
  cutoffpl,
  gaussian,
  lorentz,
  pcfabs,
  phabs,
  powerlaw,
  tbabs,
  tbgas,
  tbpcf,
  zbbody,
  zgauss,
  zpcfabs,
  zphabs,
  zpowerlw,
  ztbabs,
];
