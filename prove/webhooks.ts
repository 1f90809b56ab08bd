import { messageId } from "@/lib/domain/webhooks/message";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";
import { Random } from "./support/random";
import { attackByNames } from "./webhooks/addresses";
import { makeStage, type Stage } from "./webhooks/stage";

/** How long everything may take to be delivered after the last event (milliseconds). */
const PATIENCE = 240_000;

/**
 * Events of many worksheets, told to an endpoint that fails at random: with errors, broken connections, silence and slow
 * answers, while workers are killed by SIGKILL and started anew. Every message comes at least once; after those that came
 * twice are left out, what is about one worksheet comes in the order in which it happened; and every signature verifies by
 * somebody else's code. No connection is made to an address that is not public, whatever a name leads to and when.
 */
export const prove: Proof = async ({ short, seed }) => {
  const findings = new Findings();
  const size = short ? { subjects: 5, each: 6, kills: 1 } : { subjects: 40, each: 25, kills: 6 };
  const stage = await makeStage(new Random(seed), size.subjects, short);
  try {
    const workers = [stage.startWorker(), ...(short ? [] : [stage.startWorker()])];
    const happening = stage.happen(size.each);
    for (let kill = 0; kill < size.kills; kill += 1) {
      // In the midst of deliveries, each time further on.
      await stage.untilReceived(((kill + 1) * size.subjects * size.each) / (size.kills + 2));
      const place = kill % workers.length;
      await workers[place]?.kill();
      workers[place] = stage.startWorker();
    }
    await happening;
    await stage.untilSettled(PATIENCE);
    for (const worker of workers) await worker.stop();
    const told = await judge(stage, findings);
    const attacks = await attackByNames(findings);
    return findings.result(
      `${told.messages} messages about ${size.subjects} worksheets in ${told.requests} requests, ${told.failures} of them failed on purpose and ${size.kills} workers killed: all came, in order, with ${told.requests} signatures; ${attacks} ways to private addresses: 0 connections`,
    );
  } finally {
    await stage.remove();
  }
};

async function judge(stage: Stage, findings: Findings) {
  const messages = await stage.messages();
  const { requests } = stage;
  for (const { unsigned, id } of requests) findings.expect(unsigned === null, `${id}: ${unsigned}`);
  const taken = new Set(requests.filter(({ accepted }) => accepted).map(({ id }) => id));
  for (const { id, state, subject } of messages) {
    findings.expect(state === "delivered", `a message about ${subject} is ${state}`);
    findings.expect(taken.has(messageId(id)), `a message about ${subject} was never taken`);
  }
  for (const subject of new Set(messages.map((one) => one.subject))) {
    const expected = messages.filter((one) => one.subject === subject).map(({ id }) => messageId(id));
    const own = requests.filter(({ id }) => expected.includes(id));
    const order = [...new Set(own.map(({ id }) => id))];
    findings.expect(
      order.join() === expected.join(),
      `messages about ${subject} came in another order than they happened`,
    );
    // And none before the one ahead of it was taken.
    const firsts = new Map(own.toReversed().map(({ id, at }) => [id, at]));
    const takenAt = new Map(own.filter(({ accepted }) => accepted).map(({ id, at }) => [id, at]));
    for (const [place, id] of expected.entries()) {
      const ahead = expected[place - 1];
      if (ahead === undefined) continue;
      findings.expect((firsts.get(id) ?? 0) > (firsts.get(ahead) ?? 0), `${id} overtook ${ahead}`);
      findings.expect(takenAt.has(ahead), `${id} came though ${ahead} was never taken`);
    }
  }
  return {
    messages: messages.length,
    requests: requests.length,
    failures: requests.filter(({ accepted }) => !accepted).length,
  };
}
