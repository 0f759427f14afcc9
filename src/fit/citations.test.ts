import { describe, expect, it } from "vitest";
import { citations } from "./citations.ts";

describe("citations", () => {
  const run = {
    abund: "angr",
    statistic: "cstat",
    model: "tbabs*powerlaw",
  } as const;

  it("follow the method, the statistic, the models and the abundances", () => {
    const texts = citations({ ...run, method: "nested" })
      .map(({ text }) => text)
      .join("; ");
    expect(texts).toMatch(/Skilling 2006.*Cash 1979.*Wilms.*Anders & Grevesse 1989/);
    expect(texts).not.toMatch(/Barret/);
    expect(citations({ ...run, method: "npe" })[0].text).toMatch(/Barret & Dupourque 2024/);
    expect(
      citations({ ...run, method: "npe", statistic: "chi" })
        .map(({ text }) => text)
        .join(),
    ).not.toMatch(/Cash/);
  });

  it("name each paper once", () => {
    const texts = citations({ ...run, method: "npe", abund: "wilm" }).map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
