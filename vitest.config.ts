import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const shared = {
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
};
const elsewhere = ["node_modules/**", ".next/**", ".countervail/**", "e2e/**"];

export default defineConfig({
  test: {
    // Two cores are what CI has; more workers would only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...elsewhere, "**/*.db.test.ts"],
          environment: "node",
          // Reading all modules anew for each file would cost more than the tests themselves.
          isolate: false,
          // Laws are tried on many cases; a machine that is busy with something else must not fail them.
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: elsewhere,
          environment: "node",
          globalSetup: ["test/database-server.ts"],
          // Each file has a database of its own; reading and warming all modules anew for each would cost half the time.
          isolate: false,
          hookTimeout: 60_000,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
