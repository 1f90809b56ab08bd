import { IconCircleCheck, IconFlag, IconFlagQuestion } from "@tabler/icons-react";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import type { Verdict } from "@/lib/domain/keys/scope-result";

const LOOKS: Readonly<Record<Verdict, StatusLook>> = {
  triggered: { word: "Triggered", tone: "orange", icon: IconFlag },
  undetermined: { word: "Open question", tone: "yellow", icon: IconFlagQuestion },
  clear: { word: "Not triggered", tone: "green", icon: IconCircleCheck },
};

/** Whether a reading triggers a requirement. */
export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  return <LookBadge look={LOOKS[verdict]} />;
}
