import { inIdentity } from "@/lib/auth/open";
import { NO_SECRETS, type SecretBox } from "@/lib/auth/secret-box";
import { systemClock } from "@/lib/clock";
import { holdSetUp, noOrganisationYet } from "@/lib/data/organisations";
import { emailTaken } from "@/lib/data/people";
import { type Database, openDatabase } from "@/lib/db/database";
import { NO_MAIL } from "@/lib/mail/mailer";
import { NO_SIGNER, type Signer } from "@/lib/signing/client";
import { demoContent } from "./demo/content";
import { enterCast } from "./demo/enter-cast";
import { inOneTransaction } from "./demo/one-transaction";
import { answerScope, decide, openEngagement, recordControl } from "./demo/play-engagement";
import { RecordPlayer } from "./demo/play-record";
import { WorksheetPlayer } from "./demo/play-worksheet";
import { Stage } from "./demo/stage";
import type { DemoEngagement, DemoMoment } from "./demo/types";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "./demo-people";

/** A piece of the story, to be played in the order of time. */
interface Scene {
  readonly at: Pick<DemoMoment, "day" | "minute">;
  readonly play: () => Promise<void>;
}

/**
 * Fills an empty database with the demo, through the services and as the people in question, with dates spread over the
 * weeks before today; a database that holds any organisation is left as it is. All of it or nothing is stored.
 * @param url address of the database as the application: what a seed may do is what the services may
 * @param secrets seals what the people's accounts need, under the keys of this installation
 * @param signer signs the demo's decisions, at the times of its story
 * @param today the day that dates are counted from, `YYYY-MM-DD`
 * @returns whether the demo was put in
 */
export async function seedDemo(
  url: string,
  secrets: SecretBox,
  signer: Signer,
  today: string = new Date().toISOString().slice(0, 10),
): Promise<boolean> {
  const database = openDatabase(url);
  try {
    return await inOneTransaction(database, (parts) => playDemo(parts, secrets, signer, today));
  } finally {
    await database.close();
  }
}

/** What a database holds already, as far as that decides what a start puts in. */
export interface Occupancy {
  /** Nobody was set up yet. */
  readonly empty: boolean;
  /** Accounts of the demo are there, whose password everybody knows. */
  readonly demo: boolean;
}

/** Looks who is in a database. @param url its address as the application */
export async function lookWhoIsThere(url: string): Promise<Occupancy> {
  const database = openDatabase(url);
  const context = {
    database,
    clock: systemClock,
    secrets: NO_SECRETS,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    requestId: "start",
    url: "",
    address: "unknown",
    actor: null,
  };
  try {
    return await inIdentity(context, async (tx) => {
      let demo = false;
      for (const { email } of DEMO_PEOPLE) demo ||= await emailTaken(tx, email);
      return { empty: await noOrganisationYet(tx), demo };
    });
  } finally {
    await database.close();
  }
}

async function playDemo(database: Database, secrets: SecretBox, signer: Signer, today: string): Promise<boolean> {
  const stage = new Stage(database, secrets, signer, today, DEMO_PASSWORD);
  if (!(await isFirst(stage))) return false;
  await enterCast(stage, DEMO_PASSWORD);
  const scenes = demoContent(today).flatMap((engagement) => scenesOf(stage, engagement));
  // Sorting is stable: scenes of one minute keep the order in which they were told.
  scenes.sort((a, b) => a.at.day - b.at.day || a.at.minute - b.at.minute);
  for (const { play } of scenes) await play();
  return true;
}

/** Takes the lock of the set-up, so that of two instances that start at once one plays the demo and the other waits. */
function isFirst(stage: Stage): Promise<boolean> {
  return inIdentity(stage.alone(-76, 0), async (tx) => {
    await holdSetUp(tx);
    return noOrganisationYet(tx);
  });
}

function scenesOf(stage: Stage, engagement: DemoEngagement): Scene[] {
  let id = "";
  const scenes: Scene[] = [
    {
      at: engagement.created,
      play: async () => {
        id = await openEngagement(stage, engagement);
      },
    },
    { at: engagement.scope, play: () => answerScope(stage, engagement, id) },
    ...(engagement.controls ?? []).map((control) => ({ at: control, play: () => recordControl(stage, id, control) })),
    ...engagement.decisions.map((decision) => ({ at: decision, play: () => decide(stage, id, decision) })),
  ];
  for (const worksheet of engagement.worksheets) {
    let player: WorksheetPlayer | undefined;
    for (const step of worksheet.steps) {
      const play = () => {
        // The engagement's id is known only once its first scene was played.
        player ??= new WorksheetPlayer(stage, engagement, id, worksheet);
        return player.play(step);
      };
      scenes.push({ at: step, play });
    }
  }
  for (const record of engagement.records ?? []) scenes.push(...new RecordPlayer(stage, () => id, record).scenes());
  return scenes;
}
