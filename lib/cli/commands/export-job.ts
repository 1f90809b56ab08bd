import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { z } from "zod";
import type { Api } from "@/lib/cli/api";
import { KeptBeside, type Output, saveReply } from "@/lib/cli/commands/download";
import { CliError, EXIT } from "@/lib/cli/exit-codes";
import { targetOf } from "@/lib/cli/target";
import type { Terminal } from "@/lib/cli/terminal";
import { isProblem } from "@/lib/client/errors";
import type { ExportDto } from "@/lib/contracts/export";
import { EXPORT_KINDS, type ExportKind, STEP_WORDS } from "@/lib/domain/export/states";
import { instantInWords } from "@/lib/domain/format-date";
import { isSame } from "@/lib/domain/same";
import { readIfThere, writeDurably } from "@/lib/durable";

/** What is asked for, and where it goes. */
export interface JobWanted {
  readonly engagementId: string;
  readonly kind: ExportKind;
  readonly paper: string | undefined;
  readonly output: Output;
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
  /** Whether it was waited for to its end, and is being fetched. */
  fetching: z.boolean().default(false),
});
type Noted = z.output<typeof noted>;

/** Has a worker make an export, waits for it, and fetches it. What was begun is noted beside the file, and gone on with. */
export async function exportByJob(terminal: Terminal, api: Api, wanted: JobWanted): Promise<void> {
  const note = await targetOf(`${wanted.output.path}.job.json`);
  const begun = await begin(terminal, api, wanted, note);
  const done = await waitFor(terminal, api, begun.job, note);
  await writeNote(note, { ...begun.noted, fetching: true });
  if (!done.file) throw new CliError("The finished file is not on the server any more. Give the command again.");
  try {
    await saveReply(wanted.output, await api.file(`/exports/${done.id}/file`), done.file.sha256);
  } catch (error) {
    // It has come, so there is nothing to go on with.
    if (error instanceof KeptBeside) await rm(note, { force: true });
    throw error;
  }
  await rm(note, { force: true });
}

/** A job with what is noted of it. */
interface Begun {
  readonly job: ExportDto;
  readonly noted: Noted;
}

/** How long a finished job whose file broke off on its way is gone on with (milliseconds). */
const FRESH = 10 * 60_000;

/**
 * The job that was noted, while it is being made, or a new one. One that has ended tells of the engagement as it was then, so
 * its file is not handed out as this one, unless the connection broke under it just now. The key is noted first, so that a job
 * whose reply was lost is found again.
 */
async function begin(terminal: Terminal, api: Api, wanted: JobWanted, note: string): Promise<Begun> {
  const { engagementId, kind, paper } = wanted;
  const asked = { server: api.url, engagement: engagementId, kind, paper: paper ?? null };
  const earlier = await readNote(note, asked);
  const found = earlier && (await jobOf(api, wanted, earlier));
  if (found && (isGoing(found) || isBreaking(found, earlier, terminal.now()))) {
    const ended = found.finishedAt ? `, and finished on ${instantInWords(found.finishedAt)}` : "";
    terminal.note(`Going on with the export that was begun on ${instantInWords(found.requestedAt)}${ended}.`);
    return keep(note, found, { ...asked, key: earlier.key });
  }
  if (found?.file) {
    terminal.note(
      `The export that was begun on ${instantInWords(found.requestedAt)} has been finished since. What changed after that is not in it, so another is made; that one is on the page of the engagement's exports.`,
    );
  }
  const key = `cli-${randomUUID()}`;
  await writeNote(note, { ...asked, key, job: null, fetching: false });
  try {
    const job = await ask(api, wanted, key);
    // The server makes one of the same at a time.
    if (job.state === "running") {
      terminal.note(
        `The same export is being made already, since ${instantInWords(job.requestedAt)}. It is waited for.`,
      );
    }
    return await keep(note, job, { ...asked, key });
  } catch (error) {
    if (isProblem(error)) await rm(note, { force: true });
    throw error;
  }
}

function ask(api: Api, { engagementId, kind, paper }: JobWanted, key: string): Promise<ExportDto> {
  const body = { kind, ...(paper === undefined ? {} : { paper }) };
  return api.post<ExportDto>(`/engagements/${engagementId}/exports`, body, key);
}

/** How a job that was noted stands; null for one that is gone, and for one that was never taken. */
async function jobOf(api: Api, wanted: JobWanted, { key, job }: Noted): Promise<ExportDto | null> {
  try {
    // The same key brings the job whose reply was lost, as it was when it was begun.
    const id = job ?? (await ask(api, wanted, key)).id;
    return await api.get<ExportDto>(`/exports/${id}`);
  } catch (error) {
    if (job === null ? isProblem(error) : isProblem(error, "not_found")) return null;
    throw error;
  }
}

async function keep(note: string, job: ExportDto, asked: Omit<Noted, "job" | "fetching">): Promise<Begun> {
  const value = { ...asked, job: job.id, fetching: false };
  await writeNote(note, value);
  return { job, noted: value };
}

/** Whether a command waited for this job to its end a moment ago, and the connection broke under its file. */
function isBreaking({ file, finishedAt }: ExportDto, { fetching }: Noted, now: Date): boolean {
  return fetching && file !== null && now.getTime() - Date.parse(finishedAt ?? "") < FRESH;
}

function isGoing({ state }: ExportDto): boolean {
  return state === "queued" || state === "running";
}

/** What was noted of the same export; null where nothing was. @throws CliError where the file is no such note */
async function readNote(note: string, asked: Omit<Noted, "key" | "job" | "fetching">): Promise<Noted | null> {
  const text = await readIfThere(note);
  if (text === null) return null;
  const found = noted.safeParse(asJson(text));
  if (!found.success) {
    throw new CliError(
      `${note} is a file of yours: the export would be noted there. Move it, or choose another name for the export.`,
    );
  }
  const { server, engagement, kind, paper } = found.data;
  return isSame({ server, engagement, kind, paper }, asked) ? found.data : null;
}

function writeNote(note: string, value: Noted): Promise<void> {
  return writeDurably(note, JSON.stringify(value));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function waitFor(terminal: Terminal, api: Api, begun: ExportDto, note: string): Promise<ExportDto> {
  let said = "";
  let job = begun;
  for (let look = 0; isGoing(job); look += 1) {
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
