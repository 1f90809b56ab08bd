import { Badge } from "@mantine/core";
import { dayInWords } from "@/lib/domain/format-date";
import { KIND_TITLES, type WorksheetKind } from "@/lib/domain/records/kinds";
import { reviewStanding } from "@/lib/domain/records/review";

/** What a document is, where it is no compensating controls worksheet. */
export function KindBadge({ kind }: { readonly kind: WorksheetKind }) {
  return (
    <Badge variant="outline" color="petrol">
      {KIND_TITLES[kind]}
    </Badge>
  );
}

const COLOURS = { far: "gray", near: "yellow", past: "red" } as const;
const WORDS = { far: "Next review by", near: "Next review soon, by", past: "Review was due by" } as const;

/** By when a record is judged anew: said in words as well as by its colour. */
export function ReviewDueBadge({ day, today }: { readonly day: string | null; readonly today: string }) {
  if (day === null) return null;
  const standing = reviewStanding(day, today);
  return (
    <Badge variant="light" color={COLOURS[standing]}>
      {WORDS[standing]} {dayInWords(day)}
    </Badge>
  );
}
