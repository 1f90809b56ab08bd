import { givenAnswers, mergeAnswers } from "@/components/scope/merge-answers";
import { isProblem } from "@/lib/client/errors";
import type { ScopeDto, ScopeSavedDto } from "@/lib/contracts/scope-result";
import type { AnswerName, ScopeAnswers } from "@/lib/domain/scope/answers";

/** Answers over the version they were written on. */
export interface VersionedAnswers {
  readonly version: number;
  readonly answers: ScopeAnswers;
}

/** What the queue tells while it works. */
export interface ScopeQueueEvents {
  readonly onSaving: () => void;
  /** Stored; `more` when newer answers wait already. */
  readonly onSaved: (reply: ScopeSavedDto, more: boolean) => void;
  /** Somebody else saved first: both sets together, and the answers that both gave differently. */
  readonly onMerged: (answers: ScopeAnswers, conflicts: readonly AnswerName[]) => void;
}

/**
 * Saves answers one request at a time, the newest last. A stale save is put together with what is stored and sent
 * again. What could not be saved stays wanted.
 */
export class ScopeQueue {
  private wanted: ScopeAnswers | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private stored: VersionedAnswers,
    private readonly put: (body: VersionedAnswers) => Promise<ScopeSavedDto>,
    private readonly events: ScopeQueueEvents,
  ) {}

  /** True when nothing waits and nothing is on its way. */
  get idle(): boolean {
    return this.wanted === null && this.running === null;
  }

  /** These answers are to be saved next; earlier ones that still wait are superseded. */
  want(answers: ScopeAnswers): void {
    this.wanted = answers;
  }

  /** Sends until nothing waits. A second call while one works waits for the same end. Throws what saving threw. */
  drain(): Promise<void> {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async sendAll(): Promise<void> {
    while (this.wanted) await this.sendOnce(this.wanted);
  }

  private async sendOnce(answers: ScopeAnswers): Promise<void> {
    this.wanted = null;
    this.events.onSaving();
    try {
      const reply = await this.put({ version: this.stored.version, answers: givenAnswers(answers) });
      this.stored = { version: reply.scope.version, answers: reply.scope.answers };
      this.events.onSaved(reply, this.wanted !== null);
    } catch (error) {
      const newest: ScopeAnswers = this.wanted ?? answers;
      this.wanted = newest;
      const theirs = isProblem(error, "stale") ? (error.problem.current as ScopeDto | undefined) : undefined;
      if (!theirs) throw error;
      const merged = mergeAnswers(this.stored.answers, newest, theirs.answers);
      this.stored = { version: theirs.version, answers: theirs.answers };
      this.wanted = merged.answers;
      this.events.onMerged(merged.answers, merged.conflicts);
    }
  }
}
