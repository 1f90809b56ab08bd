"use client";

import { Alert, Button, List } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { dropBaseline, readBaseline } from "@/components/scope/baseline";
import { changeWords } from "@/components/scope/change-words";
import type { ScopeAnswers } from "@/lib/domain/scope/answers";

/** What the answers changed since this tab began to change them. Nothing when they say the same. */
export function ScopeChanges({
  engagementId,
  answers,
}: {
  readonly engagementId: string;
  readonly answers: ScopeAnswers;
}) {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    const before = readBaseline(engagementId);
    if (!before) return;
    let shown = true;
    // The trigger table is large, and only somebody who came from the wizard needs it here.
    void Promise.all([import("@/lib/domain/keys/compare"), import("@/lib/domain/scope/wizard")]).then(
      ([{ compareScopes }, { resultOf }]) => {
        if (shown) setLines(changeWords(compareScopes(resultOf(before), resultOf(answers))));
      },
    );
    return () => {
      shown = false;
    };
  }, [engagementId, answers]);
  if (lines.length === 0) return null;
  return (
    <Alert
      color="petrol"
      icon={<IconArrowsExchange size={18} aria-hidden="true" />}
      title="What your answers changed"
      mb="md"
    >
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Button
        size="xs"
        variant="default"
        mt="sm"
        onClick={() => {
          dropBaseline(engagementId);
          setLines([]);
        }}
      >
        Seen
      </Button>
    </Alert>
  );
}
