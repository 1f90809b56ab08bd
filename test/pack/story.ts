import { randomUUID } from "node:crypto";
import type { PackFile } from "@/lib/domain/pack/build";
import type { PackSource } from "@/lib/domain/pack/examine-parts";
import { commentsPath, evidencePath, revisionPath, statementPath } from "@/lib/domain/pack/layout";
import { toHex, utf8 } from "@/lib/domain/proof/bytes";
import type { RecordKind } from "@/lib/domain/records/kinds";
import {
  SIGN_OFF_TYPE,
  type SignOffStatement,
  type StatedCriterion,
  type StatedEvidence,
  writeCriteria,
  writeEvidence,
  writeSignOff,
} from "@/lib/domain/sign-off/signed-statement";
import { statementText, statementVersionOf } from "@/lib/domain/sign-off/statement";
import { criteriaOf } from "@/lib/domain/worksheet/criteria";
import { frozenAnswers } from "@/lib/domain/worksheet/criteria-answers";
import { sha256 } from "@/lib/signing/node-crypto";
import { Authenticator, type Deviation } from "@/test/authenticator";
import { SAMPLE_ANSWERS } from "@/test/fixtures/sample-answers";
import { type PersonSign, TestService } from "./service";

const ORIGIN = "https://countervail.example";

/** The bytes of a pack by path, which a test may change. */
export type PackBytes = Map<string, Uint8Array>;

/** A person of the story. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly passkey: Authenticator | null;
}

/** What somebody decides about a worksheet. */
export interface Decision {
  readonly kind: SignOffStatement["kind"];
  readonly worksheet: Pick<SignOffStatement["worksheet"], "id" | "requirement" | "revision" | "sha256" | "kind">;
  readonly evidence: readonly StatedEvidence[];
  readonly comments: string | null;
  readonly supersedes: string | null;
  readonly by: Person;
  readonly at: Date;
  /** What differs from an honest statement, passkey or event. */
  readonly differ?: {
    readonly statement?: Partial<SignOffStatement>;
    readonly passkey?: Deviation;
    readonly event?: Readonly<Record<string, unknown>>;
  };
}

/** Signs a decision and records it. @returns the statement's digest */
export function decide(service: TestService, decision: Decision): string {
  const { kind, worksheet, evidence, comments, supersedes, by, at, differ = {} } = decision;
  const subject = {
    documentKind: worksheet.kind ?? ("ccw" as const),
    standardVersion: "4.0.1" as const,
    requirementNumber: worksheet.requirement,
    entityName: "Ledgerline",
  };
  const words = { ...subject, revision: worksheet.revision, digest: worksheet.sha256, firmName: "Northgate Assurance" };
  const statement: SignOffStatement = {
    service: service.id,
    id: randomUUID(),
    kind,
    wording: { version: statementVersionOf(subject.documentKind), text: statementText(kind, words) },
    worksheet: { ...worksheet, engagementId: service.engagementId, standardVersion: "4.0.1" },
    evidence,
    evidenceSha256: toHex(sha256(writeEvidence(evidence))),
    commentsSha256: comments === null ? null : put(service, comments, commentsPath),
    catalogue: { version: "2026-11", sha256: toHex(sha256(utf8("catalogue"))) },
    signer: { id: by.id, name: by.name, role: "Lead QSA", firm: "Northgate Assurance" },
    authentication: {
      methods: by.passkey ? ["password", "passkey"] : ["password", "totp"],
      stepUpAt: at.toISOString(),
      kind: by.passkey ? "passkey" : "server_witnessed",
    },
    reason: kind === "signed" ? null : "The office in Łódź closed.",
    supersedes,
    validUntil: kind === "signed" ? `${at.getUTCFullYear() + 1}-03-10` : null,
    at: at.toISOString(),
    ...differ.statement,
  };
  const payload = writeSignOff(statement);
  const digest = toHex(sha256(payload));
  const person = by.passkey ? signBy(by.passkey, differ.passkey) : undefined;
  service.put(statementPath(digest), service.sign(SIGN_OFF_TYPE, payload, person));
  const event = { action: `worksheet.${kind}`, at: at.toISOString(), actorId: by.id, worksheetId: worksheet.id };
  const passkey = by.passkey
    ? { credentialId: by.passkey.id, publicKeySha256: toHex(sha256(by.passkey.publicKey)) }
    : undefined;
  service.record(
    { ...event, detail: { statementSha256: digest, passkey, revision: worksheet.revision }, ...differ.event },
    true,
  );
  return digest;
}

function signBy(passkey: Authenticator, differ?: Deviation): PersonSign {
  return (challenge) => {
    const shown = passkey.show({ challenge: Buffer.from(challenge).toString("base64url") }, differ);
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
    const { authenticatorData, clientDataJSON, signature } = shown.response;
    return {
      keyid: `webauthn:${shown.id}`,
      sig: bytes(signature),
      webauthn: {
        authenticatorData: bytes(authenticatorData),
        clientDataJSON: bytes(clientDataJSON),
        publicKey: passkey.publicKey,
        rpId: new URL(ORIGIN).hostname,
        origin: ORIGIN,
      },
    };
  };
}

function put(service: TestService, content: string, place: (sha256: string) => string): string {
  const digest = toHex(sha256(utf8(content)));
  service.put(place(digest), content);
  return digest;
}

/** Freezes a revision of a worksheet; with `answered` it is one that answers the criteria of 4.0.1. */
export function freeze(
  service: TestService,
  id: string,
  requirement: string,
  revision: number,
  answered = false,
): Decision["worksheet"] {
  const content = {
    ...(answered ? { criteria: frozenAnswers(SAMPLE_ANSWERS.items.answers, "4.0.1") } : {}),
    catalogueVersion: "2026-11",
    evidence: [],
    header: { requirementNumber: requirement, standardVersion: "4.0.1", entityName: "Ledgerline" },
    revision,
    schema: "countervail.revision.v1",
    sections: { constraints: "Neither IAM nor the KMS API locks a user → two people enter each code." },
    worksheetId: id,
  };
  const { sha256: digest } = service.put(revisionPath({ id, revision }), JSON.stringify(content));
  service.put(revisionPath({ id, revision }, "pdf"), `%PDF-1.7 rendering of ${digest}`);
  return { id, requirement, revision, sha256: digest };
}

/** Freezes the first revision of a record, in the folder of records unless told otherwise. */
export function freezeRecord(
  service: TestService,
  kind: RecordKind,
  requirement: string,
  apart = true,
): Decision["worksheet"] {
  const id = randomUUID();
  const content = {
    catalogueVersion: "2026-11",
    evidence: [],
    header: { requirementNumber: requirement, standardVersion: "4.0.1", entityName: "Ledgerline" },
    kind,
    revision: 1,
    schema: "countervail.revision.v1",
    sections: {},
    worksheetId: id,
  };
  const { sha256: digest } = service.put(
    revisionPath({ id, revision: 1, kind: apart ? kind : undefined }),
    JSON.stringify(content),
  );
  return { id, requirement, revision: 1, sha256: digest, kind };
}

/** What a decider found of every criterion of 4.0.1, as a statement says it; with its digest. */
export function criteriaBy(
  by: Person,
  at: Date,
  outcome: StatedCriterion["outcome"] = "met",
): Required<Pick<SignOffStatement, "criteria" | "criteriaSha256">> {
  const criteria = criteriaOf("4.0.1").map(
    ({ id, number }): StatedCriterion => ({ id, number, outcome, note: null, by: by.id, at: at.toISOString() }),
  );
  return { criteria, criteriaSha256: toHex(sha256(writeCriteria(criteria))) };
}

/** Evidence with one file in the pack, and one that an omission names. */
function evidenceOf(service: TestService, title: string): StatedEvidence {
  const content = `time,user,result\n2026-02-01,bg-01,${title}\n`;
  const present = put(service, content, evidencePath);
  const absent = toHex(sha256(utf8(`${title} withheld`)));
  const what = evidencePath(absent);
  if (!service.omissions.some((one) => one.what === what)) service.omissions.push({ what, reason: "Being scanned" });
  return {
    id: randomUUID(),
    title,
    kind: "file",
    files: [
      { name: "log.csv", size: utf8(content).length, type: "text/csv", sha256: present, scan: "clean" },
      { name: "raw.bin", size: 10, type: "text/plain", sha256: absent, scan: "pending" },
    ],
    collectedOn: "2026-02-01",
    validUntil: "2026-12-31",
  };
}

/**
 * A whole story: two worksheets signed, one by passkey and one that only the service witnessed; a third signed, its
 * signature withdrawn; a fourth refused and reopened; a targeted risk analysis signed; keys replaced in between with hand-overs; evidence, comments and an omission.
 * @param year of the story; keys begin on its first day
 */
export function tellStory(year = 2026): { readonly service: TestService; readonly people: readonly Person[] } {
  const day = (month: number, date: number) => new Date(Date.UTC(year, month - 1, date, 10));
  const service = new TestService(day(1, 1));
  const samuel = { id: randomUUID(), name: "Samuel Okafor", passkey: new Authenticator(ORIGIN) };
  const hana = { id: randomUUID(), name: "Hana Šimková", passkey: null };
  service.record({ action: "engagement.created", at: day(1, 2).toISOString(), actorId: hana.id, detail: {} }, true);
  const comments = JSON.stringify([{ by: "Hana", text: "Please show the log of February." }]);
  const first = freeze(service, randomUUID(), "8.3.4", 1);
  const second = freeze(service, randomUUID(), "3.7.6", 1, true);
  const third = freeze(service, randomUUID(), "10.3.4", 2);
  const fourth = freeze(service, randomUUID(), "8.3.6", 1);
  const common = { supersedes: null, comments: null, evidence: [] };
  const evidence = [evidenceOf(service, "Access log")];
  decide(service, { ...common, kind: "signed", worksheet: first, evidence, comments, by: samuel, at: day(3, 10) });
  for (let extra = 0; extra < 5; extra++) {
    service.record({ action: "trail.viewed", at: day(3, 11).toISOString(), actorId: hana.id, detail: {} }, false);
  }
  service.rotate("checkpoint", day(4, 1));
  service.rotate("statement", day(4, 2));
  service.rotate("seal", day(4, 3));
  const found = { statement: criteriaBy(hana, day(4, 2)) };
  decide(service, { ...common, kind: "signed", worksheet: second, by: hana, at: day(4, 3), differ: found });
  const supersedes = decide(service, { ...common, kind: "signed", worksheet: third, by: samuel, at: day(4, 4) });
  decide(service, { ...common, kind: "revoked", worksheet: third, supersedes, by: samuel, at: day(4, 5) });
  const refused = decide(service, { ...common, kind: "refused", worksheet: fourth, by: samuel, at: day(4, 6) });
  decide(service, { ...common, kind: "reopened", worksheet: fourth, supersedes: refused, by: hana, at: day(4, 7) });
  const analysis = freezeRecord(service, "risk_analysis", "10.4.2.1");
  decide(service, { ...common, kind: "signed", worksheet: analysis, by: samuel, at: day(4, 8) });
  return { service, people: [samuel, hana] };
}

/** The bytes of a pack's files. */
export function bytesOf(files: readonly PackFile[]): PackBytes {
  return new Map(files.map(({ path, content }) => [path, content instanceof Uint8Array ? content : new Uint8Array(0)]));
}

/** A pack in memory as the verifier takes it. */
export function sourceOf(bytes: PackBytes): PackSource {
  return {
    paths: [...bytes.keys()],
    read: async (path) => {
      const found = bytes.get(path);
      return found ? { ok: true, value: found } : { ok: false, error: "it is not there" };
    },
  };
}
