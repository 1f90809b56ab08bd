import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { threadPool } from "./threads";

it.each([
  [undefined, "128"],
  ["", "128"],
  ["4", "128"],
  ["many", "128"],
  ["-500", "128"],
  ["0x200", "128"],
  ["200", "200"],
  ["999999", "1024"],
])("gives a process as many threads as it needs, and more where %j says so", (set, size) => {
  expect(threadPool(128, set)).toEqual({ UV_THREADPOOL_SIZE: size });
});

// Linux alone tells how many threads a process has.
it.runIf(process.platform === "linux")("is what Node goes by", () => {
  const program = `require("node:fs").promises.stat(".").then(() =>
    console.log(require("node:fs").readdirSync("/proc/self/task").length))`;
  const threads = (least: number) =>
    Number(execFileSync(process.execPath, ["-e", program], { env: { ...process.env, ...threadPool(least, "") } }));
  expect(threads(32) - threads(2)).toBe(30);
});
