import { describe, expect, it } from "vitest";
import { smallFit } from "./small.fixture.ts";
import { statisticAt } from "./statistic-at.ts";

describe("the statistic at given values", () => {
  it("takes what free parameters start from, as a script of XSPEC says it, for their values", async () => {
    const { config, readFile } = smallFit([{}]);
    const values = { "powerlaw.PhoIndex": 1.9, "powerlaw.norm": 0.8 };
    const [fixed] = await statisticAt({ ...config, fixed: { ...config.fixed, ...values } }, 0, readFile);
    const [started] = await statisticAt({ ...config, start: values }, 0, readFile);
    const [defaults] = await statisticAt(config, 0, readFile);
    expect(started.value).toBe(fixed.value);
    expect(defaults.value).not.toBe(fixed.value);
  });

  it("is refused where a tie sends a parameter beyond its hard limits", async () => {
    const { config, readFile } = smallFit([{}], { ties: { "powerlaw.PhoIndex": "100*tbabs.nH" } });
    await expect(statisticAt(config, 0, readFile)).rejects.toThrow(
      "powerlaw.PhoIndex: its tie gives 20, outside the hard limits -3 to 10",
    );
  });
});
