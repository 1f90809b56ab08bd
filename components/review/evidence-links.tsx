"use client";

import { Anchor, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { DateText } from "@/components/kit/date-text";
import { Mark, Spans, StatusWord } from "@/components/review/marks";
import classes from "@/components/review/review.module.css";
import type { FieldChange, ItemChange } from "@/lib/domain/worksheet/diff-items";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

/** An evidence link as shown, with what became of it since the text that it is compared with. */
export interface ShownEvidence {
  readonly link: EvidenceLink;
  readonly status: "same" | "added" | "removed" | "changed";
  readonly fields: readonly FieldChange[];
}

/** Links without any comparison. */
export function plainEvidence(links: readonly EvidenceLink[]): readonly ShownEvidence[] {
  return links.map((link) => ({ link, status: "same", fields: [] }));
}

/** Links with what became of them. */
export function markedEvidence(changes: readonly ItemChange<EvidenceLink>[]): readonly ShownEvidence[] {
  return changes.map((change) =>
    change.kind === "changed"
      ? { link: change.after, status: "changed", fields: change.fields }
      : { link: change.item, status: change.kind, fields: [] },
  );
}

/** The evidence of a section or an item: title, address, and when it was collected. */
export function EvidenceLinks({ links }: { readonly links: readonly ShownEvidence[] }) {
  if (links.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {links.map(({ link, status, fields }) => (
        <li key={`${link.id} ${status}`}>
          {status === "added" || status === "removed" ? (
            <Mark kind={status}>
              <LinkText link={link} />
            </Mark>
          ) : (
            <LinkText link={link} />
          )}
          {status === "changed" ? <Changed fields={fields} /> : null}
        </li>
      ))}
    </ul>
  );
}

function LinkText({ link }: { readonly link: EvidenceLink }) {
  const href = safeLink(link.url);
  return (
    <>
      {href ? (
        <Anchor href={href} target="_blank" rel="noreferrer noopener" title={link.shows} fz="inherit" inherit>
          {link.title}
          <IconExternalLink size={12} aria-label="(opens in a new tab)" style={{ marginInlineStart: 3 }} />
        </Anchor>
      ) : (
        <span title={link.shows}>{link.title}</span>
      )}
      <Text span inherit c="dimmed">
        {" "}
        <DateText value={link.collectedOn} plain />
        {link.validUntil === null ? null : (
          <>
            {" – "}
            <DateText value={link.validUntil} plain />
          </>
        )}
      </Text>
    </>
  );
}

function Changed({ fields }: { readonly fields: readonly FieldChange[] }) {
  return (
    <span>
      {" "}
      <StatusWord status="changed" />
      {fields.map(({ field, label, runs }) => (
        <span key={field}>
          {` ${label}: `}
          <Spans spans={runs} />
        </span>
      ))}
    </span>
  );
}
