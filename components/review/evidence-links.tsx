"use client";

import { Anchor, Badge } from "@mantine/core";
import { IconClockExclamation, IconClockX, IconExternalLink } from "@tabler/icons-react";
import { FileLine } from "@/components/kit/file-line";
import { Mark, Spans, StatusWord } from "@/components/review/marks";
import classes from "@/components/review/review.module.css";
import type { Freshness } from "@/lib/domain/evidence/freshness";
import { dayInWords } from "@/lib/domain/format-date";
import type { FieldChange, ItemChange } from "@/lib/domain/worksheet/diff-items";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";
import { safeLink } from "@/lib/domain/worksheet/safe-link";

/** An evidence link as shown, with what became of it since the text that it is compared with. */
export interface ShownEvidence {
  readonly link: EvidenceLink;
  readonly status: "same" | "added" | "removed" | "changed";
  readonly fields: readonly FieldChange[];
  readonly freshness: Freshness;
}

/** Links without any comparison. */
export function plainEvidence<L extends EvidenceLink>(
  links: readonly L[],
  freshness: (link: L) => Freshness,
): readonly ShownEvidence[] {
  return links.map((link) => ({ link, status: "same", fields: [], freshness: freshness(link) }));
}

/** Links with what became of them. */
export function markedEvidence(
  changes: readonly ItemChange<EvidenceLink>[],
  freshness: (link: EvidenceLink) => Freshness,
): readonly ShownEvidence[] {
  return changes.map((change): ShownEvidence => {
    const link = change.kind === "changed" ? change.after : change.item;
    const fields = change.kind === "changed" ? change.fields : [];
    return { link, status: change.kind, fields, freshness: freshness(link) };
  });
}

/** The evidence of a section or an item: title and address, what it shows, when it was collected and until when it counts. */
export function EvidenceLinks(props: { readonly worksheetId: string; readonly links: readonly ShownEvidence[] }) {
  const { worksheetId, links } = props;
  if (links.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {links.map(({ link, status, fields, freshness }) => (
        <li key={`${link.id} ${status}`}>
          {status === "added" || status === "removed" ? (
            <Mark kind={status}>
              <LinkText link={link} />
            </Mark>
          ) : (
            <LinkText link={link} />
          )}
          {status === "removed"
            ? null
            : link.files?.map((file) => (
                <FileLine key={`${file.sha256} ${file.name}`} worksheetId={worksheetId} file={file} />
              ))}
          {status === "removed" ? null : <FreshnessBadge freshness={freshness} />}
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
        <Anchor href={href} target="_blank" rel="noreferrer noopener" underline="always" inherit>
          {link.title}
          <IconExternalLink size={12} aria-label="(opens in a new tab)" style={{ marginInlineStart: 3 }} />
        </Anchor>
      ) : (
        <>
          <span>{link.title}</span> <span className={classes.quiet}>{link.url}</span>
        </>
      )}
      {link.shows === "" ? null : <span className={classes.quiet}>: {link.shows}</span>}
      <span className={classes.quiet}>
        {` · collected ${dayInWords(link.collectedOn)}`}
        {link.validUntil === null ? "" : `, valid until ${dayInWords(link.validUntil)}`}
      </span>
    </>
  );
}

/** Said only of evidence that counts no longer, or not for long. */
function FreshnessBadge({ freshness }: { readonly freshness: Freshness }) {
  if (freshness === "fresh") return null;
  const expired = freshness === "expired";
  const Icon = expired ? IconClockX : IconClockExclamation;
  return (
    <Badge size="sm" ml={6} color={expired ? "red" : "yellow"} leftSection={<Icon size={12} aria-hidden="true" />}>
      {expired ? "Expired" : "Expires soon"}
    </Badge>
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
