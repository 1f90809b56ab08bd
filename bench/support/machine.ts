import { cpus, loadavg, release, totalmem, type } from "node:os";

/** What figures were taken on: without it they say nothing. */
export interface Machine {
  readonly processors: number;
  readonly model: string;
  /** In MiB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted to run when the benchmark began, over five minutes: others' work shows here. */
  readonly load: number;
}

/** The machine as it is now. */
export function machine(): Machine {
  const processors = cpus();
  return {
    processors: processors.length,
    model: processors[0]?.model.trim() ?? "unknown",
    memory: Math.round(totalmem() / 1024 / 1024),
    system: `${type()} ${release()}`,
    node: process.version,
    load: Math.round((loadavg()[1] ?? 0) * 100) / 100,
  };
}
