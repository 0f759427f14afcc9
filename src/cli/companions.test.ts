import { expect, it } from "vitest";
import { withCompanions } from "./companions.ts";

it("companions are one for all spectra, or one for each in turn, and no other number", () => {
  expect(withCompanions(["a", "b"], { response: "r", arf: ["x", "y"], backgroundArf: "none" })).toEqual([
    { file: "a", response: "r", arf: "x", backgroundArf: "none" },
    { file: "b", response: "r", arf: "y", backgroundArf: "none" },
  ]);
  expect(() => withCompanions(["a", "b", "c"], { response: ["r", "s"] })).toThrow(
    "--response: expected one file, or one for each of the 3 spectra, found 2",
  );
});

it("companions that are not given are those of the network's run, but for its backgrounds", () => {
  const known = [{ file: "k", response: "r", background: "b", backgroundArf: "none" }];
  expect(withCompanions(["a"], { arf: "x" }, known)).toEqual([
    { file: "a", response: "r", arf: "x", backgroundArf: "none" },
  ]);
});
