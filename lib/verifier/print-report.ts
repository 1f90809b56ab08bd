import type { CheckReport, PackReport } from "@/lib/domain/pack/report";
import type { WorksheetStanding } from "@/lib/domain/pack/standing";
import { KIND_TITLES } from "@/lib/domain/records/kinds";

const MARKS = { passed: "ok     ", failed: "FAILED ", missing: "MISSING", not_reached: "-      " } as const;

const STATUS: Record<WorksheetStanding["status"], string> = {
  signed: "signed",
  needs_revalidation: "needs re-validation",
  superseded: "superseded",
  reopened: "reopened",
  revoked: "revoked",
  refused: "refused",
  not_signed: "not signed",
};

/** A report as plain text. */
export function printReport(report: PackReport): string {
  const { pack, first } = report;
  const facts = pack
    ? [
        `Service        ${pack.service}`,
        `Engagement     ${pack.engagementId}`,
        `Made           ${pack.made} (by the service's clock), ${pack.files} files`,
        `Trail          ${pack.origin}, ${pack.size} events`,
        `Root key       ${pack.rootFingerprint}`,
        ...(pack.verifierSha256 ? [`Its verify.mjs ${pack.verifierSha256}`] : []),
      ]
    : [];
  const firstLine = first ? [`First: ${first.says}${first.path ? ` [${visible(first.path)}]` : ""}`] : [];
  return [
    `${report.verdict.toUpperCase()}: ${report.says}`,
    ...firstLine,
    ...block("Pack", facts),
    ...block("Checks", report.checks.flatMap(printCheck)),
    ...block("Worksheets and records", report.worksheets.flatMap(printWorksheet)),
    ...block(
      "Left out on purpose, as the service has signed",
      report.omissions.map(({ what, reason }) => `${what}: ${reason}`),
    ),
    ...block("To know", report.notes),
    ...block("What this proves", report.proved),
    ...block("What it does not prove", report.notProved),
    "",
  ]
    .map(visible)
    .join("\n");
}

function block(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function printCheck({ title, outcome, problems, means }: CheckReport): string[] {
  const found = problems.map(({ says, path }) => `          ${says}${path ? ` [${path}]` : ""}`);
  return [`${MARKS[outcome]} ${title}`, ...found, ...(means ? [`          ${means}`] : [])];
}

function printWorksheet({
  requirement,
  kind,
  worksheetId,
  status,
  says,
  signer,
  at,
  assurance,
}: WorksheetStanding): string[] {
  const who = signer ? ` by ${signer.name}, ${signer.role}${signer.firm ? ` of ${signer.firm}` : ""}, ${at}` : "";
  const how =
    assurance === "passkey"
      ? "Signed with the person's own passkey."
      : assurance === "server_witnessed"
        ? "Witnessed by the server only: no key of the person has signed."
        : "";
  const record = kind === null || kind === "ccw" ? "" : `, ${KIND_TITLES[kind].toLowerCase()}`;
  const what = `${requirement ?? "Worksheet"}${record}`;
  return [`${what} (${worksheetId}): ${STATUS[status]}${who}`, `    ${says} ${how}`.trimEnd()];
}

/** Names and reasons come from the pack: what would move the cursor or turn the line around is shown as a number. */
function visible(line: string): string {
  return line.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (one) => `[U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
