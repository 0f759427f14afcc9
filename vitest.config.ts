import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["dist/**", "node_modules/**"],
    testTimeout: 300_000,
    pool: "forks",
    // Two cores are what a small machine has; the default would leave one idle.
    maxWorkers: 2,
  },
});
