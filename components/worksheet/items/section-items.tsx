"use client";

import { Stack } from "@mantine/core";
import { ChoiceField, DayField, LongField } from "@/components/worksheet/items/fields";
import { CONTROLS, RISKS, SCOPE, TASKS, TESTS } from "@/components/worksheet/items/item-kinds";
import { ItemList } from "@/components/worksheet/items/item-list";
import { useSaver, useSectionContent } from "@/components/worksheet/saving/saver-context";
import { CONSTRAINT_WORDS } from "@/lib/domain/worksheet/item-words";
import type { SectionItems } from "@/lib/domain/worksheet/model";
import type { SectionKey } from "@/lib/domain/worksheet/sections";

/** What a section holds beside its text: single fields and lists of items. */
export function SectionItemsEditor({ section }: { readonly section: SectionKey }) {
  switch (section) {
    case "constraints":
      return <ConstraintItems />;
    case "definition":
      return <ItemList kind={CONTROLS} />;
    case "objective":
      return <ObjectiveItems />;
    case "identifiedRisk":
      return <ItemList kind={RISKS} />;
    case "validation":
      return <ItemList kind={TESTS} />;
    case "maintenance":
      return <MaintenanceItems />;
  }
}

function useItems<K extends SectionKey>(key: K) {
  const saver = useSaver();
  const { items } = useSectionContent(key);
  const set = (change: Partial<SectionItems[K]>) =>
    saver.edit(key, (content) => ({ ...content, items: { ...content.items, ...change } }));
  return { items, set };
}

function ConstraintItems() {
  const { items, set } = useItems("constraints");
  return (
    <Stack gap={0} mt="md">
      <ChoiceField
        label="Type of constraint"
        topic="constraints.constraintType"
        words={CONSTRAINT_WORDS}
        empty="Not chosen yet"
        value={items.constraintType}
        onChange={(constraintType) => set({ constraintType })}
      />
      <ItemList kind={SCOPE} />
    </Stack>
  );
}

function ObjectiveItems() {
  const { items, set } = useItems("objective");
  return (
    <Stack mt="md">
      <LongField
        label="Where the objective is taken from"
        topic="objective.objectiveRef"
        description="The Customized Approach Objective, or the part of the standard that says what the requirement is for."
        value={items.objectiveRef}
        onChange={(objectiveRef) => set({ objectiveRef })}
      />
    </Stack>
  );
}

function MaintenanceItems() {
  const { items, set } = useItems("maintenance");
  return (
    <>
      <ItemList kind={TASKS} />
      <Stack gap="sm" mt="lg">
        <DayField
          label="Next review due"
          topic="maintenance.reviewDue"
          value={items.reviewDue}
          onChange={(reviewDue) => set({ reviewDue })}
        />
        <LongField
          label="Exit plan"
          topic="maintenance.exitPlan"
          description="How the requirement will be met as written one day, or why it cannot be."
          value={items.exitPlan}
          onChange={(exitPlan) => set({ exitPlan })}
        />
      </Stack>
    </>
  );
}
