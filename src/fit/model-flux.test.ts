import { describe, expect, it } from "vitest";
import { parseExpression } from "../model/expression.ts";
import { ERG_PER_KEV, equivalentWidth, fluxIn, modelSpectrum } from "./model-flux.ts";

const edges = Float64Array.from({ length: 2001 }, (_, i) => 0.1 * 200 ** (i / 2000));

function problem(model: string, free: readonly string[] = []) {
  const values = parseExpression(model).parameters.map((parameter) => parameter.default);
  return { model, abund: "wilm", xsect: "vern", values, free: free.map((path) => ({ path, prior: "" })) };
}

describe("the flux of a model", () => {
  it("is the integral of E N(E), with partial bins in proportion", () => {
    const spectrum = modelSpectrum(problem("powerlaw", ["powerlaw.PhoIndex", "powerlaw.norm"]), edges);
    const { energy, photons } = fluxIn(spectrum.at([1, 1, 2, 3], 1), edges, [2, 10]);
    // E^-2: photons 3 (1/2 - 1/10), energy 3 ln 5; bins of ln b/a = 2.6e-3, flat inside: (ln b/a)^2 and less
    expect(photons / (3 * 0.4)).toBeCloseTo(1, 4);
    expect(energy / (3 * Math.log(5) * ERG_PER_KEV)).toBeCloseTo(1, 4);
  });

  it("of a part takes the whole model's parameters, and leaves the rest out", () => {
    const whole = problem("tbabs*(powerlaw + bbody)", ["tbabs.nH", "bbody.norm"]);
    const part = modelSpectrum(whole, edges, { part: "powerlaw" }).at([3, 5], 0).slice();
    expect(part).toEqual(modelSpectrum(problem("powerlaw"), edges).at([], 0));
    const absorbed = modelSpectrum(whole, edges, { part: "tbabs*powerlaw" }).at([3, 5], 0);
    expect(absorbed[900]).toBeLessThan(0.5 * part[900]);
  });

  it.each([
    ["gaussian", /not in the model, whose components are tbabs, powerlaw/],
    ["tbabs", /emits nothing by itself/],
  ])("of %s is refused", (part, message) => {
    expect(() => modelSpectrum(problem("tbabs*powerlaw"), edges, { part })).toThrow(message);
  });
});

it("the equivalent width of a narrow line is its photons over the continuum's density", () => {
  const model = problem("powerlaw + gaussian", ["gaussian.LineE", "gaussian.Sigma", "gaussian.norm"]);
  const theta = [6.4, 0.01, 2e-2];
  const all = modelSpectrum(model, edges).at(theta, 0).slice();
  const rest = modelSpectrum(model, edges, { silent: "gaussian" }).at(theta, 0);
  const { width, peak } = equivalentWidth(
    all.map((v, i) => v - rest[i]),
    rest,
    edges,
    0.05,
  );
  // one bin is 0.017 keV wide
  expect(Math.abs(peak - 6.4)).toBeLessThan(0.02);
  // the power law of index 1 is 1/6.4 there; its mean over +-5 % is higher by f^2/3
  expect(width / (2e-2 * 6.4)).toBeCloseTo(1, 2);
});
