"use client";

import { Badge, Text } from "@mantine/core";
import type { ReactNode } from "react";
import criteriaClasses from "@/components/review/criteria.module.css";
import type { DisplayBlock, DisplayFact, DisplayItem, DisplaySection } from "@/components/review/display";
import { EvidenceLinks, type ShownEvidence } from "@/components/review/evidence-links";
import { ItemTalk, type TalkOfItems } from "@/components/review/item-talk";
import { Mark, Reformatted, Spans, StatusWord } from "@/components/review/marks";
import { Block } from "@/components/review/narrative-view";
import narrativeClasses from "@/components/review/narrative-view.module.css";
import classes from "@/components/review/review.module.css";

/** The content of a section as a printed page shows it, with what differs marked. */
export function SectionView(props: {
  readonly worksheetId: string;
  readonly section: DisplaySection;
  readonly evidence: readonly ShownEvidence[];
  /** The discussions of items, where they are shown; null where nobody discusses. */
  readonly talk: TalkOfItems | null;
  /** What stands beside an item, such as the decision over a criterion. */
  readonly besideItem?: (itemId: string) => ReactNode;
}) {
  const { worksheetId, section, evidence, talk, besideItem } = props;
  const blank = section.narrative.length + section.before.length + section.items.length + section.after.length === 0;
  if (blank) return <Text c="dimmed">Nothing written here yet.</Text>;
  return (
    <>
      <div className={narrativeClasses.narrative}>
        {section.narrative.map((block, place) => (
          <BlockView key={placeKey(place)} block={block} />
        ))}
      </div>
      <Facts facts={section.before} />
      {section.items.map((item) => (
        <ItemView
          key={`${item.id} ${item.status}`}
          worksheetId={worksheetId}
          item={item}
          evidence={evidence.filter(({ link }) => link.itemId === item.id)}
          talk={item.status === "removed" ? null : talk}
          beside={besideItem?.(item.id)}
        />
      ))}
      <Facts facts={section.after} />
      <EvidenceLinks worksheetId={worksheetId} links={evidence.filter(({ link }) => link.itemId === null)} />
    </>
  );
}

/** Blocks stand in one order for good, so a block's place is its identity. */
function placeKey(place: number): string {
  return `block ${place}`;
}

function BlockView({ block }: { readonly block: DisplayBlock }) {
  switch (block.status) {
    case "same":
      return <Block block={block.block} />;
    case "changed":
      return (
        <p style={{ whiteSpace: "pre-wrap" }}>
          <Spans spans={block.spans} />
        </p>
      );
    case "reformatted":
      return (
        <Reformatted>
          <Block block={block.block} />
        </Reformatted>
      );
    default:
      return (
        <Mark kind={block.status} block>
          <Block block={block.block} />
        </Mark>
      );
  }
}

function ItemView(props: {
  readonly worksheetId: string;
  readonly item: DisplayItem;
  readonly evidence: readonly ShownEvidence[];
  readonly talk: TalkOfItems | null;
  readonly beside: ReactNode;
}) {
  const { worksheetId, item, evidence, talk, beside } = props;
  const name = item.label || item.title.map(({ text }) => text).join("");
  const whole = item.status === "added" || item.status === "removed" ? item.status : null;
  const body = (
    <>
      <div className={classes.itemHead}>
        <h3 className={classes.itemTitle}>
          {item.label ? <span className="tabular">{item.label} </span> : null}
          <Spans spans={item.title} />
        </h3>
        {item.traits.map((trait) => (
          <Badge key={`${trait.kind} ${trait.text}`} size="sm" color={trait.kind === "same" ? "gray" : "blue"}>
            <Spans spans={[trait]} />
          </Badge>
        ))}
        <StatusWord status={item.status} />
        {talk ? <ItemTalk itemId={item.id} name={name} talk={talk} /> : null}
      </div>
      {item.body.length > 0 ? (
        <p className={classes.itemBody}>
          <Spans spans={item.body} />
        </p>
      ) : null}
      <Facts facts={item.facts} />
    </>
  );
  const marked = whole ? (
    <Mark kind={whole} block>
      {body}
    </Mark>
  ) : (
    body
  );
  return (
    <article
      className={`${classes.item} ${classes[`${item.status}Item`] ?? ""}`}
      id={`item-${item.id}`}
      data-item={item.status === "removed" ? undefined : item.id}
      aria-label={name}
    >
      {beside ? (
        <div className={criteriaClasses.judged}>
          <div>{marked}</div>
          {beside}
        </div>
      ) : (
        marked
      )}
      <EvidenceLinks worksheetId={worksheetId} links={evidence} />
    </article>
  );
}

function Facts({ facts }: { readonly facts: readonly DisplayFact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className={classes.facts}>
      {facts.map(({ term, spans }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            <Spans spans={spans} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
