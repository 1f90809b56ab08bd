import { Code, Text, Title } from "@mantine/core";
import { IconCheck, IconCircleHalf2, IconTool } from "@tabler/icons-react";
import classes from "@/components/catalogue/catalogue.module.css";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import type { ArticleRowDto } from "@/lib/contracts/catalogue";
import { OWN_MEASURES, type OwnStanding } from "@/lib/domain/compliance/own-standing";

const LOOKS: Readonly<Record<OwnStanding, StatusLook>> = {
  meets: { word: "Meets it", tone: "green", icon: IconCheck },
  "in part": { word: "In part", tone: "yellow", icon: IconCircleHalf2 },
  operator: { word: "The operator's", tone: "gray", icon: IconTool },
};

/** What Countervail does itself about each row of the article's table, and what shows it. */
export function OwnMeasures({ rows }: { readonly rows: readonly ArticleRowDto[] }) {
  return (
    <ul className={classes.pairs}>
      {OWN_MEASURES.map(({ row, standing, does, left, shownBy }) => {
        const known = rows.find(({ id }) => id === row);
        return (
          <li key={row}>
            <div>
              <Title order={3}>
                {row} {known?.title}
              </Title>
              <Text size="sm" mt={4}>
                In 3.2.1 <RequirementLink version="3.2.1" number={known?.canonicalNumber ?? row} />
                {known && known.v4Numbers.length > 0 ? " · in 4.0.1 " : null}
                {known?.v4Numbers.map((number, at) => (
                  <span key={number}>
                    {at > 0 ? ", " : null}
                    <RequirementLink version="4.0.1" number={number} />
                  </span>
                ))}
              </Text>
            </div>
            <div>
              <LookBadge look={LOOKS[standing]} />
              <Text mt={4}>{does}</Text>
              {left ? (
                <Text size="sm" mt="xs">
                  <strong>Left:</strong> {left}
                </Text>
              ) : null}
              <Text size="sm" c="dimmed" mt="xs">
                Shown by{" "}
                {shownBy.map((path, at) => (
                  <span key={path}>
                    {at > 0 ? ", " : null}
                    <Code className={classes.path}>{path}</Code>
                  </span>
                ))}
              </Text>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
