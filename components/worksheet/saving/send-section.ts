import type { Attempt, SaveEvent, Stored } from "@/components/worksheet/saving/save-state";
import { api } from "@/lib/client/api";
import { ApiProblem, isProblem } from "@/lib/client/errors";
import type { Problem } from "@/lib/contracts/problem";
import type { SectionDto } from "@/lib/contracts/section";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/** What the server has of a section, in the words of the save machine. */
export function storedOf(section: SectionDto): Stored<SectionContent> {
  return {
    version: section.version,
    content: section.content,
    savedAt: section.updatedAt,
    savedBy: section.updatedBy?.name ?? null,
  };
}

/** Sends one save of a section, once; repeating it is the machine's to decide. Never throws. */
export type SendSection = (key: PartKey, attempt: Attempt<SectionContent>) => Promise<SaveEvent<SectionContent>>;

/** For how long somebody who went back to mask a number is not asked about it again (milliseconds). */
const QUIET_MS = 60_000;

/**
 * Makes what sends the sections of a worksheet. Where the server suspects card numbers, the person is asked, and the
 * section goes out once more with the answer that they are none.
 * @param ask resolves to whether the person says so
 */
export function makeSendSection(
  worksheetId: string,
  ask: (problem: Problem) => Promise<boolean>,
  now: () => number,
): SendSection {
  const quietUntil = new Map<PartKey, number>();
  const put = async (key: PartKey, attempt: Attempt<SectionContent>, sure: boolean) => {
    const body = { baseVersion: attempt.baseVersion, content: attempt.content };
    const answered = sure ? { ...body, acknowledgeCardNumber: true } : body;
    const options = { key: attempt.key, retries: 0 };
    const saved = await api.put<SectionDto>(`/worksheets/${worksheetId}/sections/${key}`, answered, options);
    return { type: "saved", stored: storedOf(saved) } as const;
  };
  return async (key, attempt) => {
    try {
      return await put(key, attempt, false);
    } catch (error) {
      const isQuiet = now() < (quietUntil.get(key) ?? 0);
      if (!isProblem(error, "card_number_suspected") || isQuiet) return failureOf(error);
      const { problem } = error;
      if (await ask(problem)) return put(key, attempt, true).catch(failureOf);
      quietUntil.set(key, now() + QUIET_MS);
      return eventOf(problem);
    }
  };
}

function failureOf(error: unknown): SaveEvent<SectionContent> {
  return error instanceof ApiProblem ? eventOf(error.problem) : { type: "failed", kind: "offline" };
}

/** What a failure reply means for a save. */
export function eventOf(problem: Problem): SaveEvent<SectionContent> {
  switch (problem.code) {
    case "stale":
      return { type: "stale", theirs: storedOf(problem.current as SectionDto) };
    case "key_reused":
      return { type: "key_reused" };
    case "forbidden":
    case "not_found":
    case "wrong_state":
      return { type: "closed", message: problem.detail || problem.title };
    // The client waits for a sign-in by itself; what comes through all the same is tried again.
    case "sign_in_required":
    case "second_factor_required":
    case "too_many_requests":
    case "unavailable":
    case "internal":
      return { type: "failed", kind: "unavailable" };
    default:
      return { type: "refused", message: problem.detail || problem.title, errors: problem.errors ?? [] };
  }
}
