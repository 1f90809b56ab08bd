#!/usr/bin/env node
// `countervail COMMAND [arguments]`: the commands for who runs Countervail, or was handed a pack by somebody who does.
const COMMANDS = new Map([
  ["verify", "verify a proof pack: countervail verify PACK [--root FINGERPRINT] [--extends OLDER]"],
]);

if (COMMANDS.has(process.argv[2] ?? "")) await import("../scripts/run.mjs");
else {
  console.error(["Commands:", ...[...COMMANDS].map(([name, words]) => `  ${name}  ${words}`)].join("\n"));
  process.exitCode = 64;
}
