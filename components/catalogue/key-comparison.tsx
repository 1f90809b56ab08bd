"use client";

import { Chip, Group, Text } from "@mantine/core";
import classes from "@/components/catalogue/comparison.module.css";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { SuitabilityBadge } from "@/components/catalogue/suitability-badge";
import { ScrollRegion } from "@/components/kit/scroll-region";
import { useUrlFilters } from "@/components/kit/use-url-filters";
import type { KeyOption, Reading } from "@/lib/domain/catalogue/key-option";
import { sideBySide } from "@/lib/domain/keys/suitability";
import type { ReadingName } from "@/lib/domain/keys/trigger";
import { triggerSummary } from "@/lib/domain/keys/trigger-summary";

const DEFAULTS = { options: "" };

/** Up to so many options are read side by side without choosing among them. */
const FEW = 3;

/** The key options side by side on every axis, today's words first and the article's where they differ. */
export function KeyComparison({ options }: { readonly options: readonly KeyOption[] }) {
  const filters = useUrlFilters(DEFAULTS);
  const chosen = filters.values.options.split(",").filter((id) => options.some((option) => option.id === id));
  const shown = chosen.length === 0 ? options : options.filter(({ id }) => chosen.includes(id));
  return (
    <>
      {options.length > FEW ? (
        <Chip.Group multiple value={chosen} onChange={(ids) => filters.set({ options: ids.join(",") })}>
          <Group gap={6} mb="sm" role="group" aria-label="Key options to compare; none chosen shows all">
            {options.map(({ id, name }) => (
              <Chip key={id} value={id} size="xs" variant="outline">
                {name}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      ) : null}
      <ScrollRegion label="Key options side by side, scrolls sideways" className={classes.frame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.axis}>
                Axis
              </th>
              {shown.map((option) => (
                <th key={option.id} scope="col">
                  {option.name}
                  {option.inArticle ? null : <div className={classes.then}>Not in the article</div>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <VerdictLine options={shown} />
            {sideBySide(shown).map((line) => (
              <tr key={line.axis}>
                <th scope="row" className={classes.axis}>
                  {line.label}
                </th>
                {line.cells.map(({ option, reading, changed }) => (
                  <td key={option}>
                    <ReadingCell reading={reading} changed={changed} />
                  </td>
                ))}
              </tr>
            ))}
            <TriggerLine reading="article" label="Rows triggered by the article" options={shown} />
            <TriggerLine reading="today" label="Rows triggered today" options={shown} />
            <ProvenanceLine options={shown} />
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

function VerdictLine({ options }: { readonly options: readonly KeyOption[] }) {
  return (
    <tr>
      <th scope="row" className={classes.axis}>
        Verdict
      </th>
      {options.map(({ id, verdict, disputed, disputeReason }) => (
        <td key={id}>
          <SuitabilityBadge suitability={verdict.suitability} />
          <Text mt={6}>{verdict.today}</Text>
          {verdict.article ? <div className={classes.then}>The article: {verdict.article}</div> : null}
          <DisputeNote disputed={disputed} disputeReason={disputeReason} />
        </td>
      ))}
    </tr>
  );
}

function ProvenanceLine({ options }: { readonly options: readonly KeyOption[] }) {
  return (
    <tr>
      <th scope="row" className={classes.axis}>
        Checked
      </th>
      {options.map(({ id, asOf, sources, definition }) => (
        <td key={id}>
          <SourcesNote asOf={asOf} sources={sources} definition={definition} />
        </td>
      ))}
    </tr>
  );
}

function ReadingCell({ reading, changed }: { readonly reading: Reading; readonly changed: boolean }) {
  return (
    <>
      <Text>{reading.today}</Text>
      {changed ? <div className={classes.then}>The article: {reading.article}</div> : null}
    </>
  );
}

function TriggerLine(props: {
  readonly reading: ReadingName;
  readonly label: string;
  readonly options: readonly KeyOption[];
}) {
  return (
    <tr>
      <th scope="row" className={classes.axis}>
        {props.label}
      </th>
      {props.options.map(({ id }) => {
        const { always, depending } = triggerSummary(id, props.reading);
        return (
          <td key={id} className="tabular">
            <Text fw={600}>
              {always.length} always, {depending.length} by your answers
            </Text>
            <div className={classes.then}>Always: {always.join(", ") || "none"}</div>
            <div className={classes.then}>By answers: {depending.join(", ") || "none"}</div>
          </td>
        );
      })}
    </tr>
  );
}
