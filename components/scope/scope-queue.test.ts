import { describe, expect, it } from "vitest";
import { ScopeQueue, type VersionedAnswers } from "@/components/scope/scope-queue";
import { ApiProblem, NetworkError } from "@/lib/client/errors";
import type { ScopeDto } from "@/lib/contracts/scope-result";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";

/** A server that keeps answers by version, as the API does. */
function server(answers: ScopeAnswers = {}) {
  const state = { version: 1, answers, broken: false };
  const dto = (): ScopeDto => ({ ...state, updatedAt: null, updatedBy: null, mayEdit: true });
  const put = async (body: VersionedAnswers) => {
    if (state.broken) throw new NetworkError(false);
    if (body.version !== state.version) {
      const problem = { type: "", title: "", status: 409, code: "stale" as const, detail: "", requestId: "" };
      throw new ApiProblem({ ...problem, current: dto() });
    }
    state.version += 1;
    state.answers = body.answers;
    return { scope: dto(), changes: [], added: [] };
  };
  return { state, put };
}

function queueOn({ put, state }: ReturnType<typeof server>) {
  const log: string[] = [];
  const queue = new ScopeQueue({ version: state.version, answers: state.answers }, put, {
    onSaving: () => log.push("saving"),
    onSaved: (_reply, more) => log.push(more ? "saved, more to come" : "saved"),
    onMerged: (_answers, conflicts) => log.push(`merged ${conflicts.join()}`),
  });
  return { queue, log };
}

describe("ScopeQueue", () => {
  it("sends the newest answers, one request at a time", async () => {
    const there = server();
    const { queue, log } = queueOn(there);
    queue.want({ usesCli: true });
    const first = queue.drain();
    queue.want({ usesCli: true, usesSdk: false });
    await queue.drain();
    expect(queue.idle).toBe(true);
    await first;
    expect(there.state.answers).toEqual({ usesCli: true, usesSdk: false });
    expect(log).toEqual(["saving", "saved, more to come", "saving", "saved"]);
  });

  it("puts its answers together with those somebody else saved first", async () => {
    const there = server({ retentionDays: 90 });
    const { queue, log } = queueOn(there);
    there.state.version = 7;
    there.state.answers = { retentionDays: 365, trailOn: true };
    queue.want({ retentionDays: 400, usesCli: true });
    await queue.drain();
    expect(there.state.answers).toEqual({ retentionDays: 400, trailOn: true, usesCli: true });
    expect(log).toEqual(["saving", "merged retentionDays", "saving", "saved"]);
  });

  it("keeps what could not be saved and sends it later", async () => {
    const there = server();
    const { queue } = queueOn(there);
    there.state.broken = true;
    queue.want({ usesCli: true });
    await expect(queue.drain()).rejects.toBeInstanceOf(NetworkError);
    expect(queue.idle).toBe(false);
    there.state.broken = false;
    await queue.drain();
    expect(there.state.answers).toEqual({ usesCli: true });
    expect(queue.idle).toBe(true);
  });
});
