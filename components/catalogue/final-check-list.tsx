import { Text, Title } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { DisputeNote, SourcesNote } from "@/components/catalogue/provenance-note";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import { TodayBadge } from "@/components/kit/status-badge";
import type { FinalCheck } from "@/lib/domain/catalogue/article";

/** The seven checks behind the article's final thoughts: what it advises, how to look, and whether it still holds. */
export function FinalCheckList({ checks }: { readonly checks: readonly FinalCheck[] }) {
  return (
    <ul className={classes.pairs}>
      {checks.map((check) => (
        <li key={check.id}>
          <div>
            <Title order={3}>{check.title}</Title>
            <Text mt={4}>{check.articleReading}</Text>
            <Text size="sm" mt="sm">
              <strong>To be asked:</strong> {check.question}
            </Text>
            <Text size="sm" mt={4}>
              <strong>It holds when:</strong> {check.passWhen}
            </Text>
          </div>
          <div>
            <TodayBadge status={check.statusToday} />
            <Text mt={4}>{check.statusNote}</Text>
            {check.v4Numbers.length > 0 ? (
              <Text size="sm" mt={4}>
                In 4.0.1 near{" "}
                {check.v4Numbers.map((number, at) => (
                  <span key={number}>
                    {at > 0 ? ", " : null}
                    <RequirementLink version="4.0.1" number={number} />
                  </span>
                ))}
              </Text>
            ) : null}
            <DisputeNote disputed={check.disputed} disputeReason={check.disputeReason} />
            <SourcesNote asOf={check.asOf} sources={check.sources} definition={check.definition} />
          </div>
        </li>
      ))}
    </ul>
  );
}
