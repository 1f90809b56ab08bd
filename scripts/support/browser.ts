import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { OperatorError } from "@/lib/operator-error";
import { packageFile, runProgram } from "./run-program";

/** Names and places of Chromium and Chrome on Linux and macOS. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Switches for every browser we start: no traffic of its own; as root Chromium refuses its sandbox. */
export const BROWSER_SWITCHES = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** Path of a Chromium or Chrome, the system's before Playwright's own; undefined when there is none. */
export function installedBrowser(): string | undefined {
  const found = [...NAMES.map(which), ...PLACES, chromium.executablePath()];
  return found.find((path) => path !== "" && existsSync(path));
}

/**
 * Finds a browser or installs one: by Playwright, then by apt when this is root.
 * @throws OperatorError saying what to install when neither works
 */
export async function findBrowser(): Promise<string> {
  const present = installedBrowser();
  if (present !== undefined) return present;
  console.error("No Chromium or Chrome is installed; trying to install one.");
  // As an ordinary user the packages it depends on cannot be installed, the browser itself can.
  const system = process.getuid?.() === 0 ? ["--with-deps"] : [];
  await runProgram(process.execPath, [packageFile("playwright/cli.js"), "install", ...system, "chromium"]);
  const downloaded = installedBrowser();
  if (downloaded !== undefined) return downloaded;
  if (process.getuid?.() === 0 && which("apt-get") !== "") {
    const quiet = { env: { DEBIAN_FRONTEND: "noninteractive" } };
    await runProgram("apt-get", ["update"], quiet);
    await runProgram("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], quiet);
  }
  const installed = installedBrowser();
  if (installed !== undefined) return installed;
  throw new OperatorError(
    "No browser for the end-to-end tests: install Chromium or Chrome (on Debian: apt-get install chromium), or let npx playwright install chromium download one.",
  );
}

function which(name: string): string {
  const { stdout } = spawnSync("/bin/sh", ["-c", 'command -v -- "$1"', "sh", name], { encoding: "utf8" });
  return stdout.trim();
}
