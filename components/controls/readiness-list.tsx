"use client";

import { Box, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconGauge } from "@tabler/icons-react";
import { useState } from "react";
import classes from "@/components/controls/controls.module.css";
import { ReadinessParts } from "@/components/controls/readiness-parts";
import { familyOptions, STATE_FILTER, selectLines } from "@/components/controls/select-lines";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { StateBadge } from "@/components/kit/status-badge";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import itemClasses from "@/components/worksheet/items/items.module.css";
import type { ReadinessDto, WorksheetReadinessDto } from "@/lib/contracts/readiness";
import { PART_WEIGHTS, READINESS_PARTS } from "@/lib/domain/readiness/readiness";

const FILTERS = { q: "", state: "", family: "", sort: "" };

/** How ready an engagement is: its score with what it is made of, and each worksheet with what it is missing. */
export function ReadinessList({ readiness }: { readonly readiness: ReadinessDto }) {
  const filters = useUrlFilters(FILTERS);
  const { worksheets, score } = readiness;
  const found = selectLines(worksheets, filters.values).sort((a, b) =>
    filters.values.sort === "score" ? a.score - b.score : 0,
  );
  if (score === null) {
    return (
      <EmptyState icon={IconGauge} title="No worksheet to judge yet">
        Open a worksheet from the workbook. How ready it is, and what is missing, stands here from then on.
      </EmptyState>
    );
  }
  const counted = worksheets.filter(({ state }) => state !== "withdrawn");
  return (
    <>
      <Paper withBorder p="md" mb="md">
        <Group gap="lg" align="flex-start">
          <Box>
            <Text className={classes.score}>{score}</Text>
            <Text size="sm" c="dimmed">
              of 100
            </Text>
          </Box>
          <Box flex="1 1 24rem">
            <Text size="sm">
              The mean of {counted.length === 1 ? "one worksheet" : `${counted.length} worksheets`}, rounded down.{" "}
              {counted.filter((one) => one.score === 100).length} of them{" "}
              {counted.filter((one) => one.score === 100).length === 1 ? "is" : "are"} at 100: signed, with a signature
              that holds and nothing missing.
            </Text>
            <Means worksheets={counted} />
          </Box>
        </Group>
      </Paper>
      <FilterBar
        filters={filters}
        search="Search requirements"
        choices={[
          STATE_FILTER,
          { name: "family", label: "Family", options: familyOptions(worksheets) },
          { name: "sort", label: "Order", options: [{ value: "score", label: "Least ready first" }] },
        ]}
        shown={found.length}
        total={worksheets.length}
        noun={worksheets.length === 1 ? "worksheet" : "worksheets"}
      />
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Worksheets">
        {found.map((one) => (
          <li key={one.worksheetId}>
            <Line one={one} />
          </li>
        ))}
      </Stack>
    </>
  );
}

/** What the worksheets have of each part, on the whole. */
function Means({ worksheets }: { readonly worksheets: readonly WorksheetReadinessDto[] }) {
  return (
    <Text size="sm" c="dimmed" mt={6}>
      {READINESS_PARTS.map((id) => {
        const points = worksheets.map(({ parts }) => parts.find((part) => part.id === id)?.points ?? 0);
        const mean = points.reduce((sum, one) => sum + one, 0) / Math.max(1, worksheets.length);
        const { label, weight } = PART_WEIGHTS[id];
        return `${label} ${Math.floor(mean * 10) / 10} of ${weight}`;
      }).join(" · ")}
    </Text>
  );
}

function Line({ one }: { readonly one: WorksheetReadinessDto }) {
  const [opened, setOpened] = useState(false);
  const missing = one.parts.filter(({ gaps }) => gaps.length > 0).map(({ id }) => PART_WEIGHTS[id].open);
  const bodyId = `readiness-${one.worksheetId}`;
  return (
    <Paper withBorder>
      <UnstyledButton
        className={itemClasses.head}
        w="100%"
        px="sm"
        py={8}
        onClick={() => setOpened(!opened)}
        aria-expanded={opened}
        aria-controls={opened ? bodyId : undefined}
      >
        <IconChevronRight
          size={16}
          stroke={1.75}
          className={itemClasses.chevron}
          data-opened={opened || undefined}
          aria-hidden
        />
        <Text span fw={600} size="sm" flex="none">
          {one.requirementNumber}
        </Text>
        <Text span size="sm" truncate flex="1 1 auto">
          {one.requirementTitle}
        </Text>
        <Text span size="sm" fw={600} className="tabular" flex="none">
          {one.score} of 100
        </Text>
        <StateBadge state={one.state} detail={`r${one.revision}`} size="sm" flex="none" />
      </UnstyledButton>
      {opened ? (
        <Box id={bodyId} px="sm" pb="sm">
          <ReadinessParts worksheetId={one.worksheetId} parts={one.parts} />
        </Box>
      ) : (
        <Text size="xs" c="dimmed" px="sm" pb={8}>
          {missing.length === 0 ? "Nothing is missing." : `Open: ${missing.join(", ")}.`}
        </Text>
      )}
    </Paper>
  );
}
