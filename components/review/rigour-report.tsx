import { Badge, Text } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCheck, IconMessageCheck, IconQuestionMark } from "@tabler/icons-react";
import type { Tone } from "@/components/frame/palette";
import { Place } from "@/components/frame/place";
import { LinkButton } from "@/components/kit/link-button";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import { DigestText } from "@/components/review/digest-text";
import classes from "@/components/review/rigour-report.module.css";
import type { AskedCriterionDto } from "@/lib/contracts/criteria";
import type { RigourReportDto } from "@/lib/contracts/rigour";
import { GATE_TITLE } from "@/lib/domain/rigour/gate-words";
import {
  OUTCOME_WORDS,
  type ReportedFinding,
  type RuleReport,
  SEVERITY_WORDS,
  tallyOfRules,
} from "@/lib/domain/rigour/report";
import { type CRITERION_OUTCOMES, OUTCOME_LABELS } from "@/lib/domain/workflow/criteria-gate";
import { CRITERION_TITLES } from "@/lib/domain/worksheet/criteria";
import { SECTION_LABELS } from "@/lib/domain/worksheet/sections";

const RULE_LOOKS: Readonly<Record<RuleReport["kind"], StatusLook>> = {
  met: { word: OUTCOME_WORDS.met, tone: "green", icon: IconCheck },
  findings: { word: OUTCOME_WORDS.findings, tone: "red", icon: IconAlertTriangle },
  not_evaluated: { word: OUTCOME_WORDS.not_evaluated, tone: "yellow", icon: IconQuestionMark },
  not_applicable: { word: OUTCOME_WORDS.not_applicable, tone: "gray", icon: IconBan },
};
const EXPLAINED: StatusLook = { word: "Stands with a reason", tone: "orange", icon: IconMessageCheck };
const NOTED: StatusLook = { word: "Noted", tone: "gray", icon: IconMessageCheck };
const DECISION_TONES: Readonly<Record<(typeof CRITERION_OUTCOMES)[number], Tone>> = {
  met: "green",
  not_met: "red",
  question: "orange",
};

/** How a worksheet fares by the rules of the field: the gate, each rule with the reasons, and the criteria of Appendix B. */
export function RigourReportView(props: {
  readonly worksheetId: string;
  readonly report: RigourReportDto;
  /** Null for a draft, over which nobody decides. */
  readonly criteria: readonly AskedCriterionDto[] | null;
}) {
  const { report, criteria, worksheetId } = props;
  const { requirementNumber, requirementTitle, standardVersion } = report.header;
  const text = report.revision === null ? "the draft as it stands now" : `revision r${report.revision}`;
  const back =
    report.revision === null
      ? `/worksheets/${worksheetId}`
      : `/worksheets/${worksheetId}/review?show=${report.revision}`;
  return (
    <>
      <Place
        engagementId={report.engagementId}
        crumbs={[{ label: requirementNumber, href: `/worksheets/${worksheetId}/review` }, { label: "Rigour report" }]}
      />
      <PageTitle
        title={`Rigour report of ${requirementNumber}`}
        lead={
          <>
            {requirementTitle} · PCI DSS {standardVersion} · {text} · SHA-256 <DigestText digest={report.digest} />
          </>
        }
        actions={
          <LinkButton href={back} variant="default">
            Read the worksheet
          </LinkButton>
        }
      />
      <SectionCard title={GATE_TITLE} description="What the entity answered before, and at the submission.">
        {report.gate ? (
          <dl className={classes.answers}>
            {report.gate.map(({ term, text: answer }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <Text size="sm">The questions were not asked of this text.</Text>
        )}
      </SectionCard>
      <SectionCard
        title="Rules"
        description={
          report.recorded
            ? tallyOfRules(report.rules)
            : "What came of the rules was not recorded when this text was frozen. Here stand the warnings for which a reason was given."
        }
      >
        {report.thresholds.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
        <ul className={classes.rules}>
          {report.rules.map((rule) => (
            <RuleLine key={rule.rule} rule={rule} />
          ))}
        </ul>
      </SectionCard>
      {criteria ? (
        <SectionCard
          title="Criteria of Appendix B"
          description="What the entity answers, and what was decided over it."
        >
          <ul className={classes.rules}>
            {criteria.map((criterion) => (
              <CriterionLine key={criterion.id} criterion={criterion} />
            ))}
          </ul>
        </SectionCard>
      ) : null}
    </>
  );
}

function RuleLine({ rule }: { readonly rule: RuleReport }) {
  return (
    <li className={classes.rule} data-rule={rule.rule}>
      <span className={classes.id}>{rule.rule}</span>
      <div className={classes.text}>
        <Text size="sm" fw={500}>
          {rule.title}
        </Text>
        {rule.detail ? <Text size="sm">{rule.detail}</Text> : null}
        {rule.findings.map((finding) => (
          <FindingLine key={finding.key} finding={finding} />
        ))}
        <Text size="xs" c="dimmed">
          {rule.source}; as of {rule.asOf}
        </Text>
      </div>
      <LookBadge look={lookOf(rule)} />
    </li>
  );
}

function FindingLine({ finding }: { readonly finding: ReportedFinding }) {
  const { severity, section, message, reason } = finding;
  return (
    <div className={classes.finding}>
      <Text size="sm">
        {SEVERITY_WORDS[severity]}
        {section ? `, ${SECTION_LABELS[section].toLowerCase()}` : ""}: {message}
      </Text>
      {reason === null ? null : (
        <Text size="sm">
          <b>Reason:</b> {reason}
        </Text>
      )}
    </div>
  );
}

/** Findings that may stand look other than those that may not: an error, or a warning without a reason. */
function lookOf({ kind, findings }: RuleReport): StatusLook {
  const explained = findings.some(({ reason }) => reason !== null);
  if (kind === "not_evaluated") return explained ? EXPLAINED : RULE_LOOKS.not_evaluated;
  if (kind !== "findings") return RULE_LOOKS[kind];
  if (findings.every(({ severity }) => severity === "info")) return NOTED;
  const open = findings.some(
    ({ severity, reason }) => severity === "error" || (severity === "warning" && reason === null),
  );
  return open ? RULE_LOOKS.findings : EXPLAINED;
}

function CriterionLine({ criterion }: { readonly criterion: AskedCriterionDto }) {
  const { id, number, answer, decision } = criterion;
  return (
    <li className={classes.rule}>
      <span className={classes.id}>{number}</span>
      <div className={classes.text}>
        <Text size="sm" fw={500}>
          {CRITERION_TITLES[id]}
        </Text>
        <Text size="sm" className={classes.said}>
          {answer?.trim() ? answer : "Not answered."}
        </Text>
        {decision ? (
          <Text size="sm" className={classes.said}>
            <b>{decision.by.name}:</b> {decision.note || OUTCOME_LABELS[decision.outcome]}
          </Text>
        ) : null}
      </div>
      <Badge color={decision ? DECISION_TONES[decision.outcome] : "gray"}>
        {decision ? OUTCOME_LABELS[decision.outcome] : "Not decided"}
      </Badge>
    </li>
  );
}
