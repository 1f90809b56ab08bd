import { Alert, Blockquote, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconRosetteDiscountCheck, IconRosetteDiscountCheckOff } from "@tabler/icons-react";
import { ValidityBadge } from "@/components/kit/status-badge";
import { DigestText } from "@/components/review/digest-text";
import classes from "@/components/review/review.module.css";
import type { SignOffDto, ValidityDto } from "@/lib/contracts/review";
import { instantInWords } from "@/lib/domain/format-date";

const KIND_WORDS: Readonly<Record<SignOffDto["kind"], string>> = {
  signed: "Signed",
  refused: "Refused",
  revoked: "Signature revoked",
};

/** The decisions over a worksheet, the latest first: who, when, for which company, over which revision and digest. */
export function Certificates(props: {
  readonly signOffs: readonly SignOffDto[];
  readonly validity: ValidityDto | null;
}) {
  const latestFirst = [...props.signOffs].sort((a, b) => b.at.localeCompare(a.at));
  if (latestFirst.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label="Sign-off">
      {latestFirst.map((signOff, index) => (
        <Certificate
          key={signOff.id}
          signOff={signOff}
          latest={index === 0}
          validity={index === 0 ? props.validity : null}
        />
      ))}
    </Stack>
  );
}

const WITNESS_WORDS: Readonly<Record<NonNullable<SignOffDto["witness"]>, string>> = {
  passkey: "Signed by the person's passkey and by the system",
  server_witnessed: "Server-witnessed: signed by the system, which saw the person show who they are",
};

/** Who signed the statement, and the digest by which it is found in the trail and in packs. */
function Witnessed({ signOff }: { readonly signOff: SignOffDto }) {
  if (!signOff.witness || !signOff.statementSha256) return null;
  const { elsewhere } = signOff;
  return (
    <Text size="sm" c="dimmed">
      {elsewhere ? "Decided on another service, whose keys vouch for it; packs of this one leave it out" : null}
      {elsewhere ? null : WITNESS_WORDS[signOff.witness]} · statement <DigestText digest={signOff.statementSha256} />
    </Text>
  );
}

function Certificate(props: {
  readonly signOff: SignOffDto;
  /** An earlier decision is shown quietly, its statement folded. */
  readonly latest: boolean;
  readonly validity: ValidityDto | null;
}) {
  const { signOff, latest, validity } = props;
  const signed = signOff.kind === "signed";
  const Icon = signed ? IconRosetteDiscountCheck : IconRosetteDiscountCheckOff;
  const tone = latest ? (signed ? "green" : "red") : "gray";
  return (
    <Paper component="article" withBorder p="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon
          size={28}
          stroke={1.5}
          aria-hidden="true"
          color={`var(--mantine-color-${tone}-text)`}
          style={{ flex: "none" }}
        />
        <Stack gap={6} miw={0} flex={1}>
          <Group gap="xs" justify="space-between">
            <Title order={2}>
              {KIND_WORDS[signOff.kind]} by {signOff.signer.name}
            </Title>
            {validity ? <ValidityBadge validity={validity} /> : null}
          </Group>
          <Text size="sm">
            {signOff.signerRole}, {signOff.firmName} · <time dateTime={signOff.at}>{instantInWords(signOff.at)}</time> ·
            revision r{signOff.revision} · digest <DigestText digest={signOff.digest} />
          </Text>
          <Witnessed signOff={signOff} />
          {validity && showsReason(validity) ? (
            <Alert color={validity.status === "superseded" ? "gray" : "orange"} py="xs">
              {validity.reason}
            </Alert>
          ) : null}
          {signOff.reason ? (
            <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
              <b>Reason:</b> {signOff.reason}
            </Text>
          ) : null}
          {signed && latest ? <Statement signOff={signOff} /> : null}
          {signed && !latest ? (
            <details className={classes.older}>
              <summary>The statement that was signed</summary>
              <Statement signOff={signOff} />
            </details>
          ) : null}
        </Stack>
      </Group>
    </Paper>
  );
}

/** A signature that holds needs no reason, and of one that was taken back the heading says it. */
function showsReason({ status, reason }: ValidityDto): boolean {
  return status !== "valid" && status !== "revoked" && reason !== "";
}

function Statement({ signOff }: { readonly signOff: SignOffDto }) {
  return (
    <Blockquote color="petrol" p="xs" m={0} fz="sm" className={classes.reason}>
      {signOff.statementText}
      <Text size="xs" c="dimmed" mt={4}>
        Statement {signOff.statementVersion}
      </Text>
    </Blockquote>
  );
}
