import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "@/components/review/review.module.css";

/** A run of text that both texts have, or only the newer (added) or the older one (removed). */
export interface Span {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Whether a part is in both texts unchanged, in both but different, or in one of them only. */
export type PartStatus = "same" | "changed" | "added" | "removed";

/** Text with its differences: underlined and struck through, and said in words for those who hear the page. */
export function Spans({ spans }: { readonly spans: readonly Span[] }) {
  return withPlaces(spans).map(({ span, place }) =>
    span.kind === "same" ? (
      <span key={place}>{span.text}</span>
    ) : (
      <Mark key={place} kind={span.kind}>
        {span.text}
      </Mark>
    ),
  );
}

/** Spans stand in one order for good, so where a span begins is its identity. */
function withPlaces(spans: readonly Span[]): { readonly span: Span; readonly place: string }[] {
  let offset = 0;
  return spans.map((span) => {
    const place = `${offset} ${span.kind}`;
    offset += span.text.length;
    return { span, place };
  });
}

/** Marks what it holds as added or removed; with `block` it may hold paragraphs. J and K move the focus to it. */
export function Mark(props: {
  readonly kind: "added" | "removed";
  readonly block?: boolean;
  readonly children: ReactNode;
}) {
  const { kind, block = false } = props;
  const Tag = kind === "added" ? "ins" : "del";
  return (
    <Tag
      className={`${classes.change} ${classes[kind]} ${block ? classes.blockMark : ""}`}
      data-change={kind}
      tabIndex={-1}
    >
      <VisuallyHidden component="span">{kind === "added" ? "[added: " : "[removed: "}</VisuallyHidden>
      {props.children}
      <VisuallyHidden component="span">]</VisuallyHidden>
    </Tag>
  );
}

/** Marks a block whose words stayed and whose formatting, links or structure changed. */
export function Reformatted({ children }: { readonly children: ReactNode }) {
  return (
    <div className={`${classes.change} ${classes.reformatted}`} data-change="reformatted" tabIndex={-1}>
      <span className={classes.statusWord}>Only the formatting changed</span>
      {children}
    </div>
  );
}

const STATUS_WORDS = { added: "Added", removed: "Removed", changed: "Changed" } as const;

/** Says of a whole part what happened to it. */
export function StatusWord({ status }: { readonly status: PartStatus }) {
  if (status === "same") return null;
  return <span className={classes.statusWord}>{STATUS_WORDS[status]}</span>;
}
