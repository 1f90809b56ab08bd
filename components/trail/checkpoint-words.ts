import type { CheckpointStateDto } from "@/lib/contracts/trail";

/** How a state of checkpoints looks and what it says; the time of the last one is said beside it. */
export interface CheckpointWords {
  readonly tone: "green" | "gray" | "orange" | "red";
  readonly title: string;
  readonly text: string;
}

const MANUAL = "An operator finds the reason in the signer’s folder.";

/** What a chain's checkpoints come to, in words. */
export function checkpointWords(state: CheckpointStateDto): CheckpointWords {
  const since = state.eventsSince;
  const events = `${since.toLocaleString("en")} ${since === 1 ? "event has" : "events have"} come since`;
  if (state.signer === "refuses") {
    return {
      tone: "red",
      title: "The signer refuses this trail",
      text: `${state.reason ?? "Its history does not extend what was signed."} ${MANUAL}`,
    };
  }
  if (state.signer === "away") {
    return {
      tone: "orange",
      title: "The signer does not answer",
      text: `No checkpoint can be made until it does; ${events}. Everything else works, and nothing can be signed.`,
    };
  }
  if (state.overdueSince) {
    return {
      tone: "orange",
      title: "A checkpoint is overdue",
      text: `${events}, the first of them more than a minute ago. An operator should look at the signer.`,
    };
  }
  const text = since === 0 ? "It covers every event." : `${events}; the next checkpoint covers them within a minute.`;
  return state.checkpoint
    ? { tone: "green", title: `Checkpoint of ${state.checkpoint.size.toLocaleString("en")} events`, text }
    : { tone: "gray", title: "No checkpoint yet", text: "The first one is made within a minute." };
}
