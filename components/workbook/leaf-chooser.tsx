"use client";

import { Alert, Button, Radio, Stack, Text } from "@mantine/core";
import { IconSitemap } from "@tabler/icons-react";
import { useState } from "react";
import type { RequirementRefDto } from "@/lib/contracts/catalogue";

/** A grouping never has a worksheet of its own: asks which requirement below it cannot be met. */
export function LeafChooser(props: {
  readonly number: string;
  readonly leaves: readonly RequirementRefDto[];
  readonly busy: boolean;
  readonly onChoose: (number: string) => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Alert
      color="petrol"
      icon={<IconSitemap size={18} aria-hidden="true" />}
      title={`${props.number} only groups others`}
    >
      <Stack gap="sm">
        <Text size="sm">
          A worksheet speaks of one requirement. Which one below {props.number} cannot be met as written? It comes into
          the workbook as a row of its own.
        </Text>
        <Radio.Group label="Requirement" value={chosen} onChange={setChosen}>
          <Stack gap={6} mt={4}>
            {props.leaves.map(({ number, title }) => (
              <Radio key={number} value={number} label={`${number}  ${title}`} />
            ))}
          </Stack>
        </Radio.Group>
        <div>
          <Button onClick={() => chosen && props.onChoose(chosen)} disabled={!chosen} loading={props.busy}>
            Open its worksheet
          </Button>
        </div>
      </Stack>
    </Alert>
  );
}
