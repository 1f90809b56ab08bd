import { Text } from "@mantine/core";
import classes from "@/components/controls/controls.module.css";
import { TextLink } from "@/components/kit/text-link";
import { sectionAnchor } from "@/components/worksheet/section-anchor";
import type { Gap, ReadinessPart } from "@/lib/domain/readiness/readiness";

/** As many gaps of a part as are worth reading at once. */
const MOST = 6;

/** What a score is made of: each part with its points, and what is missing with the way to where it is mended. */
export function ReadinessParts(props: { readonly worksheetId: string; readonly parts: readonly ReadinessPart[] }) {
  return (
    <ul className={classes.parts} aria-label="What the score is made of">
      {props.parts.map(({ id, label, weight, points, gaps }) => (
        <li key={id} className={classes.part}>
          <Text size="sm" fw={550}>
            {label}
          </Text>
          <Text size="sm" className={classes.points}>
            {points} of {weight}
          </Text>
          {gaps.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing is missing.
            </Text>
          ) : (
            <ul className={classes.gaps}>
              {gaps.slice(0, MOST).map((gap, at) => (
                <li key={placeKey(at)}>
                  <TextLink href={hrefOf(props.worksheetId, gap)} size="sm">
                    {gap.words}
                  </TextLink>
                </li>
              ))}
              {gaps.length > MOST ? (
                <li>
                  <Text size="sm" c="dimmed">
                    and {gaps.length - MOST} more.
                  </Text>
                </li>
              ) : null}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Two gaps may say the same of two items; they stand in one order, so that a gap's place is its identity. */
function placeKey(place: number): string {
  return `gap ${place}`;
}

function hrefOf(worksheetId: string, { place: { part, page, tab } }: Gap): string {
  const path = page === "review" ? `/worksheets/${worksheetId}/review` : `/worksheets/${worksheetId}`;
  const query = tab === null ? "" : `?panel=${tab}`;
  return `${path}${query}${part === null ? "" : `#${sectionAnchor(part)}`}`;
}
