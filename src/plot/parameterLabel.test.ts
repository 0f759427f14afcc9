import { expect, it } from "vitest";
import { parameterLabel, unitText } from "./parameterLabel.ts";

it.each([
  ["1e22 cm-2", "10^{22} cm^{\u22122}"],
  ["photon/keV/cm2/s", "photon keV^{\u22121} cm^{\u22122} s^{\u22121}"],
  ["(km/10kpc)2", "(km/10kpc)^{2}"],
  ["(1e39erg/s)/(10kpc)2", "(10^{39} erg s^{\u22121}) (10kpc)^{\u22122}"],
  ["keV", "keV"],
  ["", ""],
  ["counts per 3 bins?", "counts per 3 bins?"],
])("the unit %s reads %s", (unit, text) => {
  expect(unitText(unit)).toBe(text);
});

it("uses the field's symbols, and the component where names alone would be ambiguous", () => {
  expect(parameterLabel("tbabs.nH", "1e22 cm-2").symbol).toBe("N_{H}");
  expect(parameterLabel("powerlaw.norm", "", { logarithmic: true }).symbol).toBe("log_{10} norm_{powerlaw}");
  const among = ["bbodyrad.kT", "diskbb.kT"];
  expect(parameterLabel("diskbb.kT", "keV", { among }).symbol).toBe("kT_{diskbb}");
  expect(parameterLabel("diskbb.kT", "keV", { among: ["diskbb.kT"] }).symbol).toBe("kT");
  expect(parameterLabel("tbabs_2.nH", "", { among: ["tbabs.nH", "tbabs_2.nH"] }).symbol).toBe(
    "N_{H, tbabs_2}",
  );
});
