import { Alert, Code, List, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsExchange,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
  IconRefresh,
  IconRosetteDiscountCheck,
  IconX,
} from "@tabler/icons-react";
import { SectionCard } from "@/components/kit/section-card";
import type { StatusLook } from "@/components/kit/status";
import { LookBadge } from "@/components/kit/status-badge";
import classes from "@/components/verify/verify.module.css";
import type { CheckReport, PackFacts, PackReport, Verdict } from "@/lib/domain/pack/report";
import type { StandingStatus, WorksheetStanding } from "@/lib/domain/pack/standing";
import { KIND_TITLES } from "@/lib/domain/records/kinds";

const VERDICTS: Readonly<Record<Verdict, StatusLook>> = {
  valid: { word: "Valid", tone: "green", icon: IconCircleCheck },
  invalid: { word: "Not valid", tone: "red", icon: IconCircleX },
  incomplete: { word: "Incomplete", tone: "orange", icon: IconHelpCircle },
};

const OUTCOMES: Readonly<Record<CheckReport["outcome"], StatusLook>> = {
  passed: { word: "Passed", tone: "green", icon: IconCircleCheck },
  failed: { word: "Failed", tone: "red", icon: IconCircleX },
  missing: { word: "Missing", tone: "orange", icon: IconHelpCircle },
  not_reached: { word: "Not reached", tone: "gray", icon: IconCircleDashed },
};

const STANDINGS: Readonly<Record<StandingStatus, StatusLook>> = {
  signed: { word: "Signed", tone: "green", icon: IconRosetteDiscountCheck },
  needs_revalidation: { word: "Needs re-validation", tone: "orange", icon: IconRefresh },
  superseded: { word: "Superseded", tone: "gray", icon: IconArrowsExchange },
  reopened: { word: "Reopened", tone: "gray", icon: IconArrowBackUp },
  revoked: { word: "Revoked", tone: "red", icon: IconX },
  refused: { word: "Refused", tone: "red", icon: IconCircleX },
  not_signed: { word: "Not signed", tone: "gray", icon: IconCircleDashed },
};

/** What was found out about a pack, for somebody who has never seen one. */
export function ReportView({ report }: { readonly report: PackReport }) {
  const { verdict, says, first, pack, checks, worksheets, omissions, notes, proved, notProved } = report;
  const { icon: Icon, tone, word } = VERDICTS[verdict];
  return (
    <>
      <Alert color={tone} mb="md" icon={<Icon size={20} aria-hidden="true" />} title={word}>
        <Text>{says}</Text>
        {first ? (
          <Text size="sm" mt={4}>
            {first.says}
          </Text>
        ) : null}
      </Alert>
      <SectionCard title="What was checked">
        <ul className={classes.list}>
          {checks.map((check) => (
            <CheckLine key={check.name} check={check} />
          ))}
        </ul>
      </SectionCard>
      {worksheets.length > 0 ? (
        <SectionCard title="Worksheets" description="How each stands by this pack, today.">
          <ul className={classes.list}>
            {worksheets.map((one) => (
              <WorksheetLine key={one.worksheetId} worksheet={one} />
            ))}
          </ul>
        </SectionCard>
      ) : null}
      <Sentences
        title="Left out on purpose"
        lines={omissions.map(({ what, reason }) => `${what}: ${reason}`)}
        description="The service has signed that these are missing, and why."
      />
      <Sentences title="To know" lines={notes} />
      <Sentences title="What this proves" lines={proved} />
      <Sentences title="What it does not prove" lines={notProved} />
      {pack ? <Facts pack={pack} /> : null}
    </>
  );
}

function CheckLine({ check }: { readonly check: CheckReport }) {
  return (
    <li>
      <LookBadge look={OUTCOMES[check.outcome]} />
      <div>
        <Text>{check.title}</Text>
        {check.problems.map(({ says, path }) => (
          <Text key={`${path} ${says}`} size="sm" className={classes.path}>
            {says}
          </Text>
        ))}
        {check.means ? (
          <Text size="sm" c="dimmed">
            {check.means}
          </Text>
        ) : null}
      </div>
    </li>
  );
}

function WorksheetLine({ worksheet }: { readonly worksheet: WorksheetStanding }) {
  const { requirement, kind, standardVersion, status, says, signer, at, assurance } = worksheet;
  return (
    <li>
      <LookBadge look={STANDINGS[status]} />
      <div>
        <Text fw={600}>
          {requirement === null ? "Worksheet" : `PCI DSS ${standardVersion} requirement ${requirement}`}
          {kind !== null && kind !== "ccw" ? `, ${KIND_TITLES[kind].toLowerCase()}` : ""}
        </Text>
        <Text size="sm">{says}</Text>
        {signer ? (
          <Text size="sm">
            {signer.name}, {signer.role}
            {signer.firm ? ` of ${signer.firm}` : ""}, {at?.slice(0, 10)}
          </Text>
        ) : null}
        {assurance === "passkey" ? <Text size="sm">Signed with the person’s own passkey.</Text> : null}
        {assurance === "server_witnessed" ? (
          <Text size="sm" className={classes.witnessed}>
            <IconAlertTriangle size={14} aria-hidden="true" /> Witnessed by the server only: no key of the person has
            signed.
          </Text>
        ) : null}
      </div>
    </li>
  );
}

function Sentences(props: {
  readonly title: string;
  readonly description?: string;
  readonly lines: readonly string[];
}) {
  if (props.lines.length === 0) return null;
  return (
    <SectionCard title={props.title} description={props.description}>
      <List size="sm" className={classes.path}>
        {props.lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </SectionCard>
  );
}

function Facts({ pack }: { readonly pack: PackFacts }) {
  const rows = [
    ["Made", `${pack.made}, by the service’s clock`],
    ["Files", String(pack.files)],
    ["Service", pack.service],
    ["Engagement", pack.engagementId],
    ["Trail", `${pack.origin}, ${pack.size} events`],
    ["Root key", pack.rootFingerprint],
    ...(pack.verifierSha256 ? [["SHA-256 of its verify.mjs", pack.verifierSha256]] : []),
  ];
  return (
    <SectionCard title="What the pack says of itself">
      <dl className={classes.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Code className={classes.path}>{value}</Code>
            </dd>
          </div>
        ))}
      </dl>
    </SectionCard>
  );
}
