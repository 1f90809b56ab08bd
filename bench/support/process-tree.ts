import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** How a program and its children went. */
export interface Watched {
  /** Undefined when it was ended because it took too long. */
  readonly status: number | undefined;
  readonly output: string;
  /** The last of what it said to standard error. */
  readonly complaint: string;
  /** The most that it and its children held at once, in MiB (proportional set size, looked at again and again). */
  readonly peakMb: number;
}

/** Between two looks, in milliseconds: rarely enough that a look at gigabytes does not slow the program. */
const LOOK = 60;
const KEPT = 2_000;

/**
 * Runs a program and looks at the memory of its process tree. Where the system does not tell proportional set sizes
 * (elsewhere than on Linux), the memory is 0.
 * @param limit how long it may take, in milliseconds, before it and its children are ended
 */
export function runWatched(command: string, args: readonly string[], cwd: string, limit: number): Promise<Watched> {
  // A group of its own, so that a browser ends with it.
  const child = spawn(command, args, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let complaint = "";
  let peak = 0;
  let late = false;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-KEPT);
  });
  const looks = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, memoryOf(child.pid));
  }, LOOK);
  const timer = setTimeout(() => {
    late = true;
    endGroup(child.pid);
  }, limit);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearInterval(looks);
      clearTimeout(timer);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (status) => {
      settle();
      resolve({ status: late ? undefined : (status ?? 1), output, complaint, peakMb: peak / 1024 });
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Proportional set size of a process and all below it, in KiB. */
function memoryOf(pid: number): number {
  let size = 0;
  const waiting = [pid];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    try {
      size += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"))?.[1] ?? 0);
      for (const thread of readdirSync(`/proc/${one}/task`)) {
        const children = readFileSync(`/proc/${one}/task/${thread}/children`, "utf8").trim();
        if (children !== "") waiting.push(...children.split(" ").map(Number));
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return size;
}
