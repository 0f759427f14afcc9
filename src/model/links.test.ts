import { describe, expect, it } from "vitest";
import { parseExpression } from "./expression.ts";
import { checkLimits, groupParameter, linkParameters, type ParameterLinks } from "./links.ts";

const expression = parseExpression("constant*tbabs*(powerlaw+bbodyrad)");
const defaults = expression.parameters.map((parameter) => parameter.default);
const index = (path: string) => groupParameter(expression, path).index;

function linked(free: readonly string[], links: Partial<ParameterLinks>, theta: readonly number[]) {
  const { rows, set } = linkParameters(expression, defaults, free, {
    groups: [1],
    values: {},
    ties: {},
    ...links,
  });
  set(theta, 0);
  return (group: number, path: string) => rows[group - 1][index(path)];
}

describe("parameters of data groups", () => {
  it("are those of the first group unless something else is said", () => {
    const at = linked(
      ["tbabs.nH", "2:constant.factor"],
      { groups: [1, 2, 3, 2], values: { "3:constant.factor": 0.9 } },
      [0.3, 1.2],
    );
    expect([at(1, "tbabs.nH"), at(2, "tbabs.nH"), at(3, "tbabs.nH")]).toEqual([0.3, 0.3, 0.3]);
    expect([at(1, "constant.factor"), at(2, "constant.factor"), at(3, "constant.factor")]).toEqual([
      1, 1.2, 0.9,
    ]);
  });

  it("that a tie sends beyond the hard limits are refused where their values are needed", () => {
    const links = { groups: [1, 2], values: {}, ties: { "2:powerlaw.PhoIndex": "100*tbabs.nH" } };
    const { rows, set } = linkParameters(expression, defaults, ["tbabs.nH"], links);
    set([0.09], 0);
    expect(() => checkLimits(expression, rows)).not.toThrow();
    set([0.2], 0);
    expect(() => checkLimits(expression, rows)).toThrow(
      "2:powerlaw.PhoIndex: its tie gives 20, outside the hard limits -3 to 10",
    );
  });

  it("may be tied by formulas, in any order, also to other groups", () => {
    const at = linked(
      ["bbodyrad.kT"],
      {
        groups: [1, 2],
        ties: {
          "powerlaw.norm": "10*powerlaw.PhoIndex",
          "powerlaw.PhoIndex": "1 + bbodyrad.kT^2",
          "2:bbodyrad.kT": "2*bbodyrad.kT",
          "2:powerlaw.PhoIndex": "2:bbodyrad.kT",
        },
      },
      [3],
    );
    expect([at(1, "powerlaw.PhoIndex"), at(1, "powerlaw.norm")]).toEqual([10, 100]);
    expect([at(2, "bbodyrad.kT"), at(2, "powerlaw.PhoIndex"), at(2, "powerlaw.norm")]).toEqual([6, 6, 100]);
  });

  it("follow theta row by row", () => {
    const { rows, set } = linkParameters(expression, defaults, ["tbabs.nH"], {
      groups: [1],
      values: {},
      ties: { "bbodyrad.kT": "tbabs.nH" },
    });
    set([1, 2, 3], 1);
    expect(rows[0][index("bbodyrad.kT")]).toBe(2);
  });

  it.each<[string, Partial<ParameterLinks>, RegExp]>([
    [
      "a cycle",
      { ties: { "tbabs.nH": "powerlaw.norm", "powerlaw.norm": "bbodyrad.kT", "bbodyrad.kT": "tbabs.nH" } },
      /form a cycle: tbabs\.nH -> powerlaw\.norm -> bbodyrad\.kT -> tbabs\.nH/,
    ],
    ["a tie to itself", { ties: { "tbabs.nH": "2*tbabs.nH" } }, /cycle: tbabs\.nH -> tbabs\.nH/],
    [
      "a tie to what is not there",
      { ties: { "tbabs.nH": "diskbb.Tin" } },
      /names diskbb\.Tin, which is no parameter/,
    ],
    ["a group that is not there", { ties: { "2:tbabs.nH": "1" } }, /there is no data group 2; there is one/],
    [
      "a tie of a free parameter",
      { ties: { "powerlaw.PhoIndex": "2" } },
      /is tied, and has a prior or a value/,
    ],
    ["a faulty formula", { ties: { "tbabs.nH": "2*" } }, /"2\*", column 3: expected a number/],
  ])("refuse %s", (_what, links, message) => {
    expect(() => linked(["powerlaw.PhoIndex"], links, [1])).toThrow(message);
  });

  it("say where a tie has no value", () => {
    expect(() => linked(["tbabs.nH"], { ties: { "bbodyrad.kT": "1/(tbabs.nH-1)" } }, [1])).toThrow(
      /no finite value at tbabs\.nH = 1/,
    );
  });
});
