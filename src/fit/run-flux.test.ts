import { expect, it } from "vitest";
import { COSMOLOGY, luminosityDistance } from "../model/luminosity-distance.ts";
import { ERG_PER_KEV } from "./model-flux.ts";
import { runFlux } from "./run-flux.ts";
import { smallFit } from "./small.fixture.ts";

it("the luminosity of a power law is 4 pi D^2 times its flux between the band's ends over 1 + z", async () => {
  const { config, readFile } = smallFit([{}]);
  const edges = Float64Array.from({ length: 4001 }, (_, i) => 0.1 * 200 ** (i / 4000));
  const input = { config, best: Float64Array.of(2, 3), edges };
  const source = { redshift: 0.5, cosmology: COSMOLOGY };
  const { bands, source: placed } = await runFlux(
    input,
    { readFile },
    { bands: [[2, 10]], part: "powerlaw", source },
  );
  const distance = luminosityDistance(0.5) * 3.085677581491367e24;
  // E^-2: the energy flux is K ln(b/a) for any band of this ratio, and so the same in either frame.
  const wanted = 4 * Math.PI * distance ** 2 * 3 * Math.log(5) * ERG_PER_KEV;
  // Bins of ln b/a = 1.3e-3, flat inside: its square.
  expect(Math.abs(bands[0].luminosity!.best / wanted - 1)).toBeLessThan(1e-5);
  expect(placed?.distance).toBe(luminosityDistance(0.5));
  const steep = await runFlux(
    { ...input, best: Float64Array.of(3, 3) },
    { readFile },
    { bands: [[2, 10]], part: "powerlaw", source },
  );
  // E^-3: K (1/a - 1/b) grows by 1 + z when the band moves down.
  const { luminosity, energy } = steep.bands[0];
  expect(luminosity!.best / energy.best / (4 * Math.PI * distance ** 2) / 1.5).toBeCloseTo(1, 5);
});

it("a band that leaves the response at the observer is refused", async () => {
  const { config, readFile } = smallFit([{}]);
  const edges = Float64Array.of(1, 2, 10);
  const work = runFlux(
    { config, best: Float64Array.of(2, 3), edges },
    { readFile },
    { bands: [[1.5, 10]], part: "powerlaw", source: { redshift: 1, cosmology: COSMOLOGY } },
  );
  await expect(work).rejects.toThrow(/the band 0\.75-5 keV leaves the energies/);
});
