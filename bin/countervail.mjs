#!/usr/bin/env node
// `countervail COMMAND [arguments]`: the commands for who writes worksheets in files, for who runs Countervail, and for who was
// handed a pack by somebody who does.
const OVER_THE_API = new Map([
  ["login", "keep an API token for a server: countervail login URL"],
  ["logout", "forget a server's token"],
  ["whoami", "say who you are, and on which servers"],
  ["list", "list engagements, or the worksheets of one: countervail list [--engagement E]"],
  ["pull", "write worksheets as files of Markdown: countervail pull WORKSHEET…"],
  ["status", "say what was changed in files, and on the server: countervail status FILE…"],
  ["diff", "show what a file says otherwise than the server: countervail diff FILE"],
  ["push", "send what was changed in files: countervail push FILE…"],
  ["edit", "pull, edit and push: countervail edit WORKSHEET"],
  ["export", "take an engagement or a worksheet out: countervail export NAME --format pdf -o FILE"],
  ["import-table", "bring the workbook's table back: countervail import-table ENGAGEMENT FILE"],
]);
const HERE = new Map([
  ["verify", "verify a proof pack: countervail verify PACK [--root FINGERPRINT] [--extends OLDER]"],
  ["backup", "copy everything, beside the running service: countervail backup FOLDER [--keys FOLDER2]"],
  ["restore", "put a backup into a new installation: countervail restore FOLDER [--keys FOLDER2]"],
  ["record-gap", "say that what a restore lost is lost: countervail record-gap --reason TEXT [--operator NAME]"],
  ["check-oscal", "see what an OSCAL file holds, and whether it is whole: countervail check-oscal FILE"],
  ["import", "take in an engagement of another service: countervail import FILE [--organisation ID[,ID]]"],
]);

const name = process.argv[2] ?? "";
if (OVER_THE_API.has(name)) await ask();
else if (HERE.has(name)) await import("../scripts/run.mjs");
else {
  const lines = (commands) => [...commands].map(([one, words]) => `  ${one}  ${words}`);
  const isAsked = name === "--help" || name === "-h" || name === "help";
  const text = [
    "Over the API of a server, with a token (countervail COMMAND --help says more):",
    ...lines(OVER_THE_API),
    "On this machine:",
    ...lines(HERE),
  ].join("\n");
  (isAsked ? console.log : console.error)(text);
  process.exitCode = isAsked ? 0 : 64;
}

/** Runs the bundle, which starts faster than the sources; these where there can be no bundle. */
async function ask() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Countervail needs Node.js 20.19 or newer (24 LTS is best); this is ${process.versions.node}.`);
    process.exitCode = 1;
    return;
  }
  const { freshCli } = await import("../scripts/support/cli-bundle.mjs");
  const bundle = await freshCli();
  if (bundle) {
    const { pathToFileURL } = await import("node:url");
    const { main } = await import(pathToFileURL(bundle).href);
    process.exitCode = await main(process.argv.slice(2));
    return;
  }
  process.argv.splice(2, 0, "cli");
  await import("../scripts/run.mjs");
}
