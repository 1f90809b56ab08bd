"use client";

import { Alert, Blockquote, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { StepUpFields, useStepUpProof } from "@/components/kit/step-up-proof";
import { DigestText } from "@/components/review/digest-text";
import { type ReadStatement, useLaidOut } from "@/components/review/use-laid-out";
import { api } from "@/lib/client/api";
import { isProblem } from "@/lib/client/errors";
import { answerWithPasskey } from "@/lib/client/passkey";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { freshnessOf } from "@/lib/domain/evidence/freshness";
import type { EvidenceLink } from "@/lib/domain/worksheet/model";

interface SignDialogProps {
  readonly worksheet: WorksheetDto;
  /** The revision that was read, and its digest; what is signed has to be that. */
  readonly read: { readonly revision: number; readonly digest: string };
  /** The evidence that the revision names: the signature speaks of it too. */
  readonly evidence: readonly EvidenceLink[];
  /** The day that evidence is judged by, `YYYY-MM-DD`. */
  readonly today: string;
  readonly openThreads: number;
  /** The comments of both companies that the page shows, by their ids; the statement speaks of them. */
  readonly commentIds: readonly string[];
  readonly onClose: () => void;
  readonly onSigned: (worksheet: WorksheetDto) => void;
  /** Reads the page anew, after the server said that the content is another. */
  readonly onReload: () => void;
}

/** Shows exactly what is signed (requirement, revision, digest, statement) and has the signer show again who they are. */
export function SignDialog({ opened, ...props }: SignDialogProps & { readonly opened: boolean }) {
  const narrow = useMediaQuery("(max-width: 48em)");
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={props.worksheet.kind === "ccw" ? "Sign this worksheet" : "Sign this record"}
      size="lg"
      fullScreen={narrow ?? false}
      closeOnClickOutside={false}
    >
      <SignForm {...props} closing={!opened} />
    </Modal>
  );
}

function SignForm(props: SignDialogProps & { readonly closing: boolean }) {
  const { worksheet, read } = props;
  const [error, setError] = useState<unknown>(null);
  const proof = useStepUpProof();
  const [busy, setBusy] = useState(false);
  const path = `/worksheets/${worksheet.id}/sign-off`;
  const byPasskey = proof.way === null ? null : proof.way === "passkey";
  const { statement, failed, layOut } = useLaidOut(path, byPasskey);

  const sign = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!statement || !proof.ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      // Showing the passkey for the statement's own digest is the step-up and the signature in one.
      const passkey = statement.request ? await answerWithPasskey(statement.request) : undefined;
      await (passkey === undefined ? proof.prove() : proof.send(passkey));
      const { id, at, sha256, record } = statement;
      const body = {
        kind: "sign",
        digest: record.worksheet.sha256,
        statementVersion: record.wording.version,
        statement: { id, at, sha256 },
        ...(passkey === undefined ? {} : { passkey }),
      };
      props.onSigned(await api.post<WorksheetDto>(path, body));
    } catch (caught) {
      setError(caught);
      // A challenge is answered once, so that the next try needs another.
      if (isSpent(statement, caught)) void layOut();
    } finally {
      setBusy(false);
    }
  };

  const differs =
    isProblem(error ?? failed, "digest_differs", "wrong_state") ||
    (statement !== null &&
      (statement.record.worksheet.sha256 !== read.digest || !isSame(statement.commentIds, props.commentIds)));
  if (differs) return <ContentDiffers onReload={props.onReload} />;
  return (
    <form onSubmit={sign} noValidate>
      <Stack gap="sm">
        <dl style={{ margin: 0 }}>
          <Line term="Requirement">
            {worksheet.header.requirementNumber} · {worksheet.header.requirementTitle}
          </Line>
          <Line term="Entity">
            {worksheet.header.entityName}, {worksheet.header.engagementName}
          </Line>
          <Line term="Revision">r{read.revision}, the one on this page</Line>
          {statement?.record.criteria ? (
            <Line term="Criteria">{statement.record.criteria.length} of Appendix B, all met</Line>
          ) : null}
          <Line term="Evidence">{evidenceWords(props.evidence)}</Line>
          <Line term="Digest (SHA-256)">
            <DigestText digest={read.digest} whole />
          </Line>
        </dl>
        <div>
          <Text size="sm" fw={600} mb={4}>
            The statement you sign
          </Text>
          {statement ? (
            <Statement statement={statement} />
          ) : failed ? null : (
            <Loader size="sm" role="status" aria-label="Loading the statement" />
          )}
        </div>
        <ExpiredNote evidence={props.evidence} today={props.today} />
        <OpenThreadsNote count={props.openThreads} />
        <StepUpFields
          proof={proof}
          error={error ?? failed}
          description={
            byPasskey
              ? "It signs this very statement, beside the system."
              : "Each signature takes it once more. The system signs alone then, and says so: server-witnessed."
          }
          consequence="Nothing was signed."
          closing={props.closing}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!statement || !proof.ready}>
            Sign revision r{read.revision}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether a statement needs another challenge for the next try; where there was none, it can be signed still. */
function isSpent({ request }: ReadStatement, caught: unknown): boolean {
  return request !== null && !isProblem(caught, "digest_differs", "wrong_state");
}

/** Whether the statement speaks of the comments that its signer has on the page. */
function isSame(stated: readonly string[], shown: readonly string[]): boolean {
  const known = new Set(shown);
  return stated.length === known.size && stated.every((id) => known.has(id));
}

function Line({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <Group component="div" gap="0 0.625rem" align="baseline" wrap="wrap" py={2}>
      <Text component="dt" size="sm" c="dimmed" w={130}>
        {term}
      </Text>
      <Text component="dd" size="sm" m={0} flex="1 1 16rem" miw={0}>
        {children}
      </Text>
    </Group>
  );
}

function Statement({ statement }: { readonly statement: ReadStatement }) {
  return (
    <Blockquote color="petrol" p="sm" m={0} fz="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {statement.record.wording.text}
      <Text size="xs" c="dimmed" mt={6} component="div">
        Statement {statement.record.wording.version} · its digest <DigestText digest={statement.sha256} />
      </Text>
    </Blockquote>
  );
}

/** How much evidence the signature covers. */
function evidenceWords(evidence: readonly EvidenceLink[]): string {
  const links = evidence.filter(({ url }) => url !== "").length;
  const files = evidence.flatMap(({ files = [] }) => files).length;
  const parts = [count(links, "link"), count(files, "file")].filter((part) => part !== "");
  return parts.length === 0 ? "none is named" : `${parts.join(" and ")}, as named in the revision`;
}

function count(amount: number, noun: string): string {
  if (amount === 0) return "";
  return amount === 1 ? `1 ${noun}` : `${amount} ${noun}s`;
}

/** A signature over evidence that counts no longer would need re-validation from its first day on. */
function ExpiredNote({ evidence, today }: { readonly evidence: readonly EvidenceLink[]; readonly today: string }) {
  const expired = evidence.filter(({ validUntil }) => freshnessOf(validUntil, today) === "expired");
  if (expired.length === 0) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden="true" />} py="xs">
      Evidence has expired: {expired.map(({ title }) => `“${title}”`).join(", ")}. The signature would need
      re-validation at once.
    </Alert>
  );
}

function OpenThreadsNote({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden="true" />} py="xs">
      {count === 1 ? "One thread is still open." : `${count} threads are still open.`} They stay open after you sign.
    </Alert>
  );
}

function ContentDiffers({ onReload }: { readonly onReload: () => void }) {
  return (
    <Stack gap="sm">
      <Alert
        color="orange"
        icon={<IconAlertTriangle size={18} aria-hidden="true" />}
        title="The content is another by now"
        role="alert"
      >
        What the server holds is not what this page shows: somebody commented, another revision was submitted, or the
        worksheet was decided. Nothing was signed. Load it again and read what changed.
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onReload} data-autofocus>
          Load it again
        </Button>
      </Group>
    </Stack>
  );
}
