import { PASSWORD } from "../support/cast";
import { Random } from "../support/random";
import { codeAt, forgetSteps, sendCode, sendPassword } from "../support/second-factor";
import { asSuperuser } from "../support/sql";
import type { RotationStage } from "./stage";

/** What a load has done so far. */
export interface LoadCount {
  readonly done: number;
  readonly failures: readonly string[];
  /** The longest that one took (milliseconds). */
  readonly slowest: number;
}

/** Something that goes on while keys are changed, until it is stopped. */
export interface RunningLoad {
  /** What it does, in a few words for the figure, such as "secrets read". */
  readonly what: string;
  stop(): Promise<LoadCount>;
}

/** Starts a load on a stage. */
export type RotationLoad = (stage: RotationStage, seed: number) => RunningLoad;

/** How many secrets a reader opens before it goes on as a process that has just started. */
const READS_OF_A_PROCESS = 150;

/** Readers that open secrets, each as one process after the other, so that keys are both in memory and not. */
export const readSecrets: RotationLoad = (stage, seed) => {
  const { readers } = stage;
  let boxes = Array.from({ length: readers }, () => stage.process());
  return repeat("secrets opened", readers, async (turn, worker) => {
    if (turn % READS_OF_A_PROCESS === 0) boxes = boxes.map((box, index) => (index === worker ? stage.process() : box));
    const random = new Random(seed + turn * readers + worker);
    const secret = random.pick(stage.secrets);
    const [box] = boxes.slice(worker);
    if (!box) throw new Error("There is no such reader.");
    if ((await stage.open(box, secret)) !== secret.text) throw new Error(`${secret.row} opened to something else`);
  });
};

/** A writer that stores secrets again and, now and then, the first ones of an organisation, which makes a data key. */
export const writeSecrets: RotationLoad = (stage, seed) => {
  const random = new Random(seed);
  const box = stage.process();
  return repeat("secrets sealed", 1, async (turn) => {
    const organisationId = turn % 25 === 0 ? stage.spare.pop() : undefined;
    if (organisationId) await stage.put(box, organisationId, 1);
    else await stage.putAgain(box, random.pick(stage.secrets));
  });
};

/** How many people sign in at a time. Each belongs to one worker, so that no sign-in ends another that is under way. */
const SIGN_INS_AT_ONCE = 2;

/** People who sign in with password and code, over HTTP, whose seeds are sealed like everything else. */
export const signIn: RotationLoad = ({ app, people }) =>
  repeat("sign-ins", SIGN_INS_AT_ONCE, async (turn, worker) => {
    const own = people.filter((_, index) => index % SIGN_INS_AT_ONCE === worker);
    const person = own[turn % own.length];
    if (!person) throw new Error("There is nobody to sign in.");
    // A code is taken once, and the next one would be half a minute away.
    await asSuperuser(app, (sql) => forgetSteps(sql, [person.userId]));
    const { reply, client } = await sendPassword(app, person.email, PASSWORD);
    if (reply.status !== 200) throw new Error(`the password was answered ${reply.status}: ${reply.text.slice(0, 200)}`);
    const shown = await sendCode(client, "totp", await codeAt(person.secret));
    if (shown.status !== 200) throw new Error(`the code was answered ${shown.status}: ${shown.text.slice(0, 200)}`);
  });

function repeat(what: string, workers: number, once: (turn: number, worker: number) => Promise<void>): RunningLoad {
  const failures: string[] = [];
  let stopped = false;
  let done = 0;
  let slowest = 0;
  const work = async (worker: number) => {
    for (let turn = 0; !stopped; turn += 1) {
      const begin = performance.now();
      try {
        await once(turn, worker);
      } catch (error) {
        failures.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      }
      done += 1;
      slowest = Math.max(slowest, performance.now() - begin);
    }
  };
  const running = Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return {
    what,
    stop: async () => {
      stopped = true;
      await running;
      return { done, failures, slowest };
    },
  };
}
