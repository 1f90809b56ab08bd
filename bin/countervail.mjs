#!/usr/bin/env node
// `countervail COMMAND [arguments]`: the commands for who runs Countervail, or was handed a pack by somebody who does.
const COMMANDS = new Map([
  ["verify", "verify a proof pack: countervail verify PACK [--root FINGERPRINT] [--extends OLDER]"],
  ["backup", "copy everything, beside the running service: countervail backup FOLDER [--keys FOLDER2]"],
  ["restore", "put a backup into a new installation: countervail restore FOLDER [--keys FOLDER2]"],
  ["record-gap", "say that what a restore lost is lost: countervail record-gap --reason TEXT [--operator NAME]"],
  ["check-oscal", "see what an OSCAL file holds, and whether it is whole: countervail check-oscal FILE"],
  ["import", "take in an engagement of another service: countervail import FILE [--organisation ID[,ID]]"],
]);

if (COMMANDS.has(process.argv[2] ?? "")) await import("../scripts/run.mjs");
else {
  console.error(["Commands:", ...[...COMMANDS].map(([name, words]) => `  ${name}  ${words}`)].join("\n"));
  process.exitCode = 64;
}
