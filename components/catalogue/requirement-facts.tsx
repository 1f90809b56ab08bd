import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/components/catalogue/catalogue.module.css";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import type { RequirementDetailDto, RequirementRefDto } from "@/lib/contracts/catalogue";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** What is known of a number itself: its place, its counterparts, and what may be done about it. */
export function RequirementFacts({ requirement }: { readonly requirement: RequirementDetailDto }) {
  const { version } = requirement;
  const other: StandardVersion = version === "4.0.1" ? "3.2.1" : "4.0.1";
  return (
    <dl className={classes.facts}>
      {requirement.ancestors.length > 0 ? (
        <Fact name="Part of">
          <Numbers version={version} items={requirement.ancestors} />
        </Fact>
      ) : null}
      {requirement.children.length > 0 ? (
        <Fact name="Contains">
          <Numbers version={version} items={requirement.children} />
        </Fact>
      ) : null}
      <Fact name={version === "4.0.1" ? "In 3.2.1" : "In 4.0.1"}>
        {requirement.counterparts.length > 0
          ? null
          : requirement.children.length > 0
            ? "By the numbers that it contains."
            : "No counterpart in our reading."}
        <ul className={classes.plain}>
          {requirement.counterparts.map(({ number, confidence }) => (
            <li key={number}>
              <RequirementLink version={other} number={number} /> {requirement.titles[other][number]}
              {confidence === "medium" ? (
                <Text span c="dimmed" size="sm">
                  {" "}
                  (less sure)
                </Text>
              ) : null}
            </li>
          ))}
        </ul>
      </Fact>
      {requirement.supersededBy ? (
        <Fact name="Superseded by">
          <RequirementLink version={version} number={requirement.supersededBy} /> since 31 March 2025
        </Fact>
      ) : null}
      <Fact name="Worksheet">
        <WorksheetAdvice requirement={requirement} />
      </Fact>
      <Fact name="Customized approach">
        {requirement.customizedApproachBarrier ?? "Open in a report on compliance."}
      </Fact>
      {requirement.frequencyBound ? (
        <Fact name="Recurring">A compensating control cannot make up for an activity that was missed.</Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Numbers({
  version,
  items,
}: {
  readonly version: StandardVersion;
  readonly items: readonly RequirementRefDto[];
}) {
  return (
    <ul className={classes.plain}>
      {items.map(({ number, title }) => (
        <li key={number}>
          <RequirementLink version={version} number={number} /> {title}
        </li>
      ))}
    </ul>
  );
}

function WorksheetAdvice({ requirement }: { readonly requirement: RequirementDetailDto }) {
  const { version, children, worksheet: advice } = requirement;
  if (advice.kind === "refused") return advice.reason;
  if (advice.kind === "ok") return advice.warning ?? "May be opened for this number.";
  if (advice.leaves.length === children.length) {
    return "A grouping is never a worksheet itself. Open one for the number it contains that is not met.";
  }
  return (
    <>
      A grouping is never a worksheet itself. Open one for the number that is not met:
      <Numbers version={version} items={advice.leaves} />
    </>
  );
}
