"use client";

import { Stack } from "@mantine/core";
import { ChoiceField, ControlsField, LineField, LongField } from "@/components/worksheet/items/fields";
import classes from "@/components/worksheet/items/items.module.css";
import { useSectionContent } from "@/components/worksheet/saving/saver-context";
import { RISK_LEVEL_WORDS } from "@/lib/domain/worksheet/item-words";
import type { Risk } from "@/lib/domain/worksheet/model";

/** The fields of a risk. */
export function RiskFields({ item, onChange }: { readonly item: Risk; readonly onChange: (item: Risk) => void }) {
  const { controls } = useSectionContent("definition").items;
  const set = (change: Partial<Risk>) => onChange({ ...item, ...change });
  return (
    <Stack gap="sm">
      <LongField label="Threat" topic="risk.threat" value={item.threat} onChange={(threat) => set({ threat })} />
      <LineField
        label="Asset"
        topic="risk.asset"
        most={20_000}
        value={item.asset}
        onChange={(asset) => set({ asset })}
      />
      <div className={classes.two}>
        <ChoiceField
          label="Likelihood"
          topic="risk.likelihood"
          words={RISK_LEVEL_WORDS}
          empty="Not rated"
          value={item.likelihood}
          onChange={(likelihood) => set({ likelihood })}
        />
        <ChoiceField
          label="Impact"
          topic="risk.impact"
          words={RISK_LEVEL_WORDS}
          empty="Not rated"
          value={item.impact}
          onChange={(impact) => set({ impact })}
        />
      </div>
      <ControlsField
        label="Controls that answer it"
        topic="risk.controlIds"
        controls={controls}
        value={item.controlIds}
        onChange={(controlIds) => set({ controlIds })}
      />
      <LongField
        label="Residual risk"
        topic="risk.residual"
        value={item.residual}
        onChange={(residual) => set({ residual })}
      />
    </Stack>
  );
}
