"use client";

import { Anchor, Badge, Box, Group, Paper, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconTargetArrow } from "@tabler/icons-react";
import { useMemo } from "react";
import classes from "@/components/controls/risk-chart.module.css";
import { familyOptions, STATE_FILTER, selectLines } from "@/components/controls/select-lines";
import { EmptyState } from "@/components/kit/empty-state";
import { FilterBar } from "@/components/kit/filter-bar";
import { Link } from "@/components/kit/link";
import { StateBadge } from "@/components/kit/status-badge";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import { type RiskCell, type RiskGrid, type RiskLine, riskGrid, weightOf } from "@/lib/domain/controls/risk-grid";
import { RISK_LEVEL_WORDS } from "@/lib/domain/worksheet/item-words";
import { RISK_LEVELS } from "@/lib/domain/worksheet/model";

const FILTERS = { q: "", state: "", family: "", left: "", at: "" };
const UNRATED = "unrated";

/** All risks of an engagement by how likely and how bad they are, with what answers each and what is left. */
export function RiskChart({ risks }: { readonly risks: readonly RiskLine[] }) {
  const filters = useUrlFilters(FILTERS);
  const { q, state, family, left, at } = filters.values;
  const found = useMemo(() => {
    const textOf = ({ threat, asset, residual }: RiskLine) => `${threat} ${asset} ${residual}`;
    return selectLines(risks, { q, state, family }, textOf).filter((risk) => isLeft(risk, left));
  }, [risks, q, state, family, left]);
  const grid = riskGrid(found);
  const listed = at === "" ? found : found.filter((risk) => placeOf(risk) === at);
  if (risks.length === 0) {
    return (
      <EmptyState icon={IconTargetArrow} title="No risk yet">
        The risks of the worksheets that you may read stand here, by likelihood and impact.
      </EmptyState>
    );
  }
  return (
    <>
      <FilterBar
        filters={filters}
        search="Search risks"
        choices={[
          STATE_FILTER,
          { name: "family", label: "Family", options: familyOptions(risks) },
          {
            name: "left",
            label: "What is open",
            options: [
              { value: "unanswered", label: "No control answers it" },
              { value: "unsaid", label: "What is left is not said" },
            ],
          },
        ]}
        shown={listed.length}
        total={risks.length}
        noun={risks.length === 1 ? "risk" : "risks"}
      />
      <Group align="flex-start" gap="lg">
        <Box flex="1 1 26rem" miw={0}>
          <Grid grid={grid} at={at} onChoose={(place) => filters.set({ at: place === at ? "" : place })} />
        </Box>
        <Text size="sm" c="dimmed" flex="1 1 16rem" maw="42ch">
          A worksheet rates a risk once, as it stands before its controls. What is left with them it says in words, so
          nothing moves in the grid: read it with each risk below. Choose a field to list its risks alone.
        </Text>
      </Group>
      <Title order={2} mt="lg" mb="xs">
        {at === "" ? "All risks" : placeWords(at)}
      </Title>
      {listed.length === 0 ? (
        <Text c="dimmed">No risk fits.</Text>
      ) : (
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label="Risks">
          {listed.map((risk) => (
            <li key={`${risk.worksheetId} ${risk.itemId}`}>
              <Risk risk={risk} />
            </li>
          ))}
        </Stack>
      )}
    </>
  );
}

function Grid(props: { readonly grid: RiskGrid; readonly at: string; readonly onChoose: (place: string) => void }) {
  const { grid, at, onChoose } = props;
  const { unrated } = grid;
  const cellAt = (likelihood: string, impact: string) =>
    grid.cells.find((cell) => cell.likelihood === likelihood && cell.impact === impact);
  return (
    <>
      <table className={classes.risks} aria-label="Risks by likelihood and impact, before controls">
        <thead>
          <tr>
            <td />
            {RISK_LEVELS.map((impact) => (
              <th key={impact} scope="col">
                {RISK_LEVEL_WORDS[impact]} impact
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {RISK_LEVELS.toReversed().map((likelihood) => (
            <tr key={likelihood}>
              <th scope="row">{RISK_LEVEL_WORDS[likelihood]} likelihood</th>
              {RISK_LEVELS.map((impact) => {
                const cell = cellAt(likelihood, impact);
                return <td key={impact}>{cell ? <Field cell={cell} at={at} onChoose={onChoose} /> : null}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {unrated.length > 0 ? (
        <UnstyledButton
          className={classes.cell}
          mt={8}
          maw="42rem"
          mih="auto"
          aria-pressed={at === UNRATED}
          onClick={() => onChoose(UNRATED)}
        >
          <IconAlertTriangle size={15} aria-hidden="true" style={{ verticalAlign: "-2px" }} /> {counted(unrated.length)}{" "}
          without likelihood or impact
        </UnstyledButton>
      ) : null}
    </>
  );
}

function Field(props: { readonly cell: RiskCell; readonly at: string; readonly onChoose: (place: string) => void }) {
  const { cell, at, onChoose } = props;
  const place = `${cell.likelihood}-${cell.impact}`;
  const count = cell.risks.length;
  const numbers = [...new Set(cell.risks.map(({ requirementNumber }) => requirementNumber))];
  return (
    <UnstyledButton
      className={classes.cell}
      data-weight={weightOf(cell)}
      aria-pressed={at === place}
      disabled={count === 0}
      onClick={() => onChoose(place)}
    >
      <Text fw={600} className="tabular">
        {count === 0 ? "None" : counted(count)}
      </Text>
      <Text size="xs">
        {numbers.slice(0, 3).join(", ")}
        {numbers.length > 3 ? ` and ${numbers.length - 3} more` : ""}
      </Text>
    </UnstyledButton>
  );
}

function Risk({ risk }: { readonly risk: RiskLine }) {
  return (
    <Paper withBorder p="sm" component="article" aria-label={`Risk ${risk.label} of ${risk.requirementNumber}`}>
      <Group gap={8} justify="space-between">
        <Anchor
          component={Link}
          href={`/worksheets/${risk.worksheetId}#section-identifiedRisk`}
          prefetch={false}
          size="sm"
          fw={600}
        >
          {risk.requirementNumber} · {risk.label || "Risk"}
        </Anchor>
        <Group gap={6}>
          <Badge color="gray">{levelWords("Likelihood", risk.likelihood)}</Badge>
          <Badge color="gray">{levelWords("Impact", risk.impact)}</Badge>
          <StateBadge state={risk.state} size="sm" />
        </Group>
      </Group>
      <Text size="sm" mt={4} style={{ overflowWrap: "anywhere" }}>
        {risk.threat || "No threat is named."}
      </Text>
      <Text size="sm" mt={4} c={risk.controls.length === 0 ? "var(--mantine-color-orange-text)" : "dimmed"}>
        {risk.controls.length === 0 ? "No control answers it." : `Answered by ${risk.controls.join(", ")}.`}
      </Text>
      <Text size="sm" mt={2} style={{ overflowWrap: "anywhere" }}>
        <Text span size="sm" c="dimmed">
          What is left:{" "}
        </Text>
        {risk.residual.trim() === "" ? "not said yet." : risk.residual}
      </Text>
    </Paper>
  );
}

function isLeft({ controls, residual }: RiskLine, left: string): boolean {
  if (left === "unanswered") return controls.length === 0;
  return left === "unsaid" ? residual.trim() === "" : true;
}

function placeOf({ likelihood, impact }: RiskLine): string {
  return likelihood === "" || impact === "" ? UNRATED : `${likelihood}-${impact}`;
}

function placeWords(at: string): string {
  const [likelihood, impact] = at.split("-");
  const of = (level: string | undefined) => RISK_LEVELS.find((one) => one === level);
  const [first, second] = [of(likelihood), of(impact)];
  if (!first || !second) return "Risks without likelihood or impact";
  return `${RISK_LEVEL_WORDS[first]} likelihood, ${RISK_LEVEL_WORDS[second].toLowerCase()} impact`;
}

function levelWords(name: string, level: RiskLine["impact"]): string {
  return level === "" ? `${name} not rated` : `${name} ${RISK_LEVEL_WORDS[level].toLowerCase()}`;
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "risk" : "risks"}`;
}
