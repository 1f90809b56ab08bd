import { IconAlertTriangle, IconCircleCheck, IconCircleHalf2, IconCircleX } from "@tabler/icons-react";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import type { Suitability } from "@/lib/domain/catalogue/key-option";

const LOOKS: Readonly<Record<Suitability, StatusLook>> = {
  suitable: { word: "Suitable", tone: "green", icon: IconCircleCheck },
  conditional: { word: "On conditions", tone: "yellow", icon: IconCircleHalf2 },
  avoid: { word: "Better avoided", tone: "orange", icon: IconAlertTriangle },
  unsuitable: { word: "Unsuitable", tone: "red", icon: IconCircleX },
};

/** How far a key option suits keys that protect stored account data, today. */
export function SuitabilityBadge({ suitability }: { readonly suitability: Suitability }) {
  return <LookBadge look={LOOKS[suitability]} />;
}
