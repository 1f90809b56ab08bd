import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second for whoever asks, whatever its own clock. */
const TICK_MS = 10;

/**
 * Time of the processor that a process and all now below it have used, in milliseconds. 0 where the system does not tell
 * (elsewhere than on Linux).
 */
export function processorTime(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold anything; behind it come state, parent and so on: user and system time are 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS + sum(childrenOf(pid).map(processorTime));
  } catch {
    // It has ended, or the system is another.
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim();
    return children === "" ? [] : children.split(" ").map(Number);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
