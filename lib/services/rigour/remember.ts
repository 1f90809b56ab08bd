import { createHash } from "node:crypto";
import { evaluateRigour } from "@/lib/domain/rigour/engine";
import type { Outcome } from "@/lib/domain/rigour/finding";
import type { RigourKnowledge } from "@/lib/domain/rigour/knowledge";
import type { RigourSettings } from "@/lib/domain/rigour/settings";
import type { RigourSubject } from "@/lib/domain/rigour/subject";
import { Recent } from "@/lib/services/recent";

/** As many drafts as are looked at again before their turn comes; each holds a few findings, and no text. */
const MOST = 1_000;

/** What the rules said, by the digest of all that they were asked with. */
const known = new Recent<readonly Outcome[]>(MOST);

/**
 * Asks the rules, or says again what they said of the very same. They are pure, so an answer holds as long as nothing that
 * they look at differs; the day is part of that.
 */
export function askRules(
  subject: RigourSubject,
  knowledge: RigourKnowledge,
  settings: RigourSettings,
): readonly Outcome[] {
  const key = createHash("sha256")
    .update(JSON.stringify([subject, knowledge, settings]))
    .digest("base64");
  const outcomes = known.get(key) ?? evaluateRigour(subject, knowledge, settings);
  known.set(key, outcomes);
  return outcomes;
}
