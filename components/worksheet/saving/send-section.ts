import type { Attempt, SaveEvent, Stored } from "@/components/worksheet/saving/save-state";
import { api } from "@/lib/client/api";
import { ApiProblem } from "@/lib/client/errors";
import type { Problem } from "@/lib/contracts/problem";
import type { SectionDto } from "@/lib/contracts/section";
import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

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
export async function sendSection(
  worksheetId: string,
  key: SectionKey,
  attempt: Attempt<SectionContent>,
): Promise<SaveEvent<SectionContent>> {
  try {
    const body = { baseVersion: attempt.baseVersion, content: attempt.content };
    const options = { key: attempt.key, retries: 0 };
    const saved = await api.put<SectionDto>(`/worksheets/${worksheetId}/sections/${key}`, body, options);
    return { type: "saved", stored: storedOf(saved) };
  } catch (error) {
    return error instanceof ApiProblem ? eventOf(error.problem) : { type: "failed", kind: "offline" };
  }
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
