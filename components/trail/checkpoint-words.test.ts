import { expect, it } from "vitest";
import { checkpointWords } from "@/components/trail/checkpoint-words";
import type { CheckpointStateDto } from "@/lib/contracts/trail";

const covered: CheckpointStateDto = {
  checkpoint: { size: 1200, at: "2026-11-24T09:00:00.000Z", keyId: "ab".repeat(32) },
  eventsSince: 0,
  overdueSince: null,
  signer: "answers",
  reason: null,
};

it.each<[Partial<CheckpointStateDto>, string, RegExp, RegExp]>([
  [{}, "green", /^Checkpoint of 1,200 events$/, /covers every event/],
  [{ eventsSince: 1 }, "green", /1,200/, /^1 event has come since; the next checkpoint covers them within a minute/],
  [{ checkpoint: null, eventsSince: 3 }, "gray", /^No checkpoint yet$/, /first one is made within a minute/],
  [{ eventsSince: 2, overdueSince: "2026-11-24T09:00:00.000Z" }, "orange", /overdue/, /^2 events have come since/],
  [
    { signer: "away", eventsSince: 2 },
    "orange",
    /does not answer/,
    /No checkpoint can be made until it does; 2 events/,
  ],
  [{ signer: "refuses", reason: "It was shorter." }, "red", /refuses this trail/, /^It was shorter\. An operator/],
])("says %j", (change, tone, title, text) => {
  const words = checkpointWords({ ...covered, ...change });
  expect(words.tone).toBe(tone);
  expect(words.title).toMatch(title);
  expect(words.text).toMatch(text);
});
