import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { z } from "zod";
import type { Api } from "@/lib/cli/api";
import { saveReply } from "@/lib/cli/commands/download";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import type { Terminal } from "@/lib/cli/terminal";
import { isProblem } from "@/lib/client/errors";
import type { ExportDto } from "@/lib/contracts/export";
import { EXPORT_KINDS, type ExportKind, STEP_WORDS } from "@/lib/domain/export/states";
import { readIfThere, writeDurably } from "@/lib/durable";

/** What is asked for, and where it goes. */
export interface JobWanted {
  readonly engagementId: string;
  readonly kind: ExportKind;
  readonly paper: string | undefined;
  readonly output: string;
}

/** Milliseconds between two looks at a job: short for a small one, and never a burden. */
const LOOKS = [500, 1_000, 2_000, 4_000] as const;

const noted = z.strictObject({
  server: z.string(),
  engagement: z.string(),
  kind: z.enum(EXPORT_KINDS),
  paper: z.string().nullable(),
  key: z.string(),
  job: z.string().nullable(),
});
type Noted = z.output<typeof noted>;

/** Has a worker make an export, waits for it, and fetches it. What was begun is noted beside the file, and gone on with. */
export async function exportByJob(terminal: Terminal, api: Api, wanted: JobWanted): Promise<void> {
  const note = `${wanted.output}.job.json`;
  const begun = await begin(terminal, api, wanted, note);
  const done = await waitFor(terminal, api, begun, note);
  if (!done.file) throw new CliError("The finished file is not on the server any more. Give the command again.");
  await saveReply(wanted.output, await api.file(`/exports/${done.id}/file`), done.file.sha256);
  await rm(note, { force: true });
}

/** The job that was noted, or a new one. The key is noted first, so that a job whose reply was lost is found again. */
async function begin(terminal: Terminal, api: Api, wanted: JobWanted, note: string): Promise<ExportDto> {
  const { engagementId, kind, paper } = wanted;
  const asked = { server: api.url, engagement: engagementId, kind, paper: paper ?? null };
  const earlier = await readNote(note, asked);
  const going = earlier?.job ? await jobStill(api, earlier.job) : null;
  if (going) {
    terminal.note("Going on with the export that was begun before.");
    return going;
  }
  const key = earlier && !earlier.job ? earlier.key : `cli-${randomUUID()}`;
  await writeDurably(note, JSON.stringify({ ...asked, key, job: null }));
  const body = { kind, ...(paper === undefined ? {} : { paper }) };
  try {
    const job = await api.post<ExportDto>(`/engagements/${engagementId}/exports`, body, key);
    await writeDurably(note, JSON.stringify({ ...asked, key, job: job.id }));
    return job;
  } catch (error) {
    if (isProblem(error)) await rm(note, { force: true });
    throw error;
  }
}

/** A job that still leads to a file; null for one that ended without, or whose file is gone. */
async function jobStill(api: Api, id: string): Promise<ExportDto | null> {
  try {
    const job = await api.get<ExportDto>(`/exports/${id}`);
    return job.state === "queued" || job.state === "running" || job.file ? job : null;
  } catch (error) {
    if (isProblem(error, "not_found")) return null;
    throw error;
  }
}

async function readNote(note: string, asked: Omit<Noted, "key" | "job">): Promise<Noted | null> {
  const text = await readIfThere(note);
  if (text === null) return null;
  try {
    const found = noted.parse(JSON.parse(text));
    const { server, engagement, kind, paper } = found;
    return JSON.stringify({ server, engagement, kind, paper }) === JSON.stringify(asked) ? found : null;
  } catch {
    return null;
  }
}

async function waitFor(terminal: Terminal, api: Api, begun: ExportDto, note: string): Promise<ExportDto> {
  let said = "";
  let job = begun;
  for (let look = 0; job.state === "queued" || job.state === "running"; look += 1) {
    const words = progressOf(job);
    if (words !== said) terminal.note(words);
    said = words;
    await terminal.wait(LOOKS[Math.min(look, LOOKS.length - 1)] ?? 4_000);
    job = await api.get<ExportDto>(`/exports/${job.id}`);
  }
  if (job.state === "done") return job;
  await rm(note, { force: true });
  const why = job.state === "cancelled" ? "The export was cancelled." : `The export failed. ${job.note}`;
  throw new CliError(why.trim(), EXIT.refused);
}

function progressOf({ state, step, partsDone, partsTotal, note }: ExportDto): string {
  const words = state === "queued" || !step ? "Waiting for a worker" : STEP_WORDS[step];
  const parts = partsTotal > 0 ? ` (${partsDone} of ${partsTotal})` : "";
  return `${words}${parts}${note ? `: ${note}` : ""}`;
}
