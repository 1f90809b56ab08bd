import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { SESSION_CASES } from "@/test/session-cases/all";
import { Instances } from "@/test/session-cases/instances";
import { World } from "@/test/world";

let world: World;
let app: Instances;
beforeAll(async () => {
  world = await World.make();
  app = new Instances(world);
});
afterAll(async () => {
  await app.close();
  await world.close();
});
// Whatever a test before left has ended by then.
beforeEach(() => world.pass({ hours: 9 }));

describe("sessions at two instances of the app:", () => {
  it.each(SESSION_CASES)("%s", (_what, play) => play(app));
});
