import { InputError } from "../errors.ts";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression, suggestion } from "../model/index.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import type { ConfigLayer } from "./config-layer.ts";
import { at } from "./config-parameters.ts";

/** Names that XSPEC knows. */
const CROSS_SECTIONS: readonly string[] = ["vern", "bcmc", "obcm"];

/** Checks the names of the abundance and cross-section tables, whether the model needs them or not. */
export function checkTables(
  { abund, xsect }: { readonly abund: string; readonly xsect: string },
  where: ConfigLayer["where"],
): void {
  const absorber = parseExpression("tbabs");
  at(where(["abund"]), () => {
    absorber.prepare(Float64Array.of(1, 2), { abund, xsect: CONFIG_DEFAULTS.xsect, vector: plainVectorMath });
  });
  if (CROSS_SECTIONS.includes(xsect)) return;
  throw new InputError(
    `expected one of ${CROSS_SECTIONS.join(", ")}, found "${xsect}"${suggestion(xsect, CROSS_SECTIONS)}`,
    where(["xsect"]),
  );
}
