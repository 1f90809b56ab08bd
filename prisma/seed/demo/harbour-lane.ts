import { alarmCentre } from "./alarm-centre";
import type { DemoCalendar } from "./calendar";
import { HARBOUR_LANE_MET } from "./harbour-lane-met";
import { logReview } from "./records/log-review";
import { otherLogs } from "./records/other-logs";
import type { DemoDecision, DemoEngagement } from "./types";
import { acquirerLink } from "./worksheets/acquirer-link";
import { consoleTunnel } from "./worksheets/console-tunnel";
import { firmwareWatch } from "./worksheets/firmware-watch";
import { idleSession } from "./worksheets/idle-session";
import { keyCeremony } from "./worksheets/key-ceremony";
import { logIntegrity } from "./worksheets/log-integrity";
import { overdueKey } from "./worksheets/overdue-key";
import { signInLock } from "./worksheets/sign-in-lock";
import { unpatchedGateway } from "./worksheets/unpatched-gateway";

function decisions(on: DemoCalendar): readonly DemoDecision[] {
  const proof = (number: string, name: string) => `https://evidence.harbourlane.example/${number}/${name}`;
  return [
    {
      number: "10.2.2",
      day: -61,
      minute: 560,
      by: "aisha",
      owner: "marta",
      change: {
        disposition: "met",
        note: "The organisation trail records all six kinds of detail for every call, KMS events included. Checked field by field with the SOC.",
        evidenceTitle: "Field list of the trail against 10.2.2",
        evidenceUrl: proof("10.2.2", "field-list"),
      },
    },
    {
      number: "8.3.1",
      day: -61,
      minute: 575,
      by: "aisha",
      owner: "jonas",
      change: {
        disposition: "met",
        note: "Everybody signs in at the corporate identity provider with password and passkey; no identity enters without a factor.",
        evidenceTitle: "Sign-in policy of the identity provider",
        evidenceUrl: proof("8.3.1", "policy"),
      },
    },
    {
      number: "1.4.4",
      day: -60,
      minute: 540,
      by: "aisha",
      owner: "jonas",
      change: {
        disposition: "met",
        note: "Stored card data lives in private subnets without a route to the internet; use of the keys is limited to our VPC endpoints.",
        evidenceTitle: "Network diagram, reviewed",
        evidenceUrl: proof("1.4.4", "diagram"),
      },
    },
    {
      number: "8.4.2",
      day: -60,
      minute: 552,
      by: "aisha",
      owner: "jonas",
      change: {
        disposition: "met",
        note: "Multi-factor sign-in is forced for every way into the CDE, for administrators and others.",
        evidenceTitle: "Conditional access rules",
        evidenceUrl: proof("8.4.2", "rules"),
      },
    },
    {
      number: "3.7.5",
      day: -58,
      minute: 610,
      by: "aisha",
      owner: "marta",
      change: {
        disposition: "fix_planned",
        note: "A leaver does not yet start rotation and re-encryption by itself; HR will send the event, the platform team does the rest.",
        fixOwner: "Head of Cloud Platform",
        fixDueOn: on.iso(33),
        dueOn: on.iso(33),
      },
    },
    {
      number: "4.2.1.1",
      day: -57,
      minute: 615,
      by: "aisha",
      owner: "jonas",
      change: {
        disposition: "fix_planned",
        note: "Certificates of the partner links are missing from the inventory.",
        fixOwner: "Network Operations",
        fixDueOn: on.iso(12),
        dueOn: on.iso(12),
      },
    },
    {
      number: "A2.1.1",
      day: -57,
      minute: 625,
      by: "aisha",
      change: {
        disposition: "not_applicable",
        note: "We neither run point-of-interaction terminals nor terminate their connections; the appendix speaks of those only.",
      },
    },
    {
      number: "10.4.1.1",
      day: -54,
      minute: 600,
      by: "aisha",
      owner: "marta",
      change: {
        disposition: "customized_approach",
        note: "Review by a detection pipeline with a tested catch rate instead of a fixed list of reviews; controls matrix and targeted risk analysis are with the assessor.",
        evidenceTitle: "Controls matrix for 10.4.1.1",
        evidenceUrl: proof("10.4.1.1", "controls-matrix"),
      },
    },
    {
      number: "10.5.1",
      day: -54,
      minute: 615,
      by: "aisha",
      owner: "marta",
      change: {
        disposition: "legal_exception",
        note: "A decision of the supervisory authority for our office in Ελλάδα orders that sign-in records naming its staff are deleted after six months. Reported as not in place for those records alone; all others are kept for 400 days.",
        evidenceTitle: "Decision of the authority",
        evidenceUrl: proof("10.5.1", "decision"),
      },
    },
    {
      number: "4.2.1",
      day: -23,
      minute: 560,
      by: "aisha",
      owner: "marta",
      change: {
        disposition: "met",
        note: "The acquirer's gateway offers TLS 1.3 with forward-secret suites by now; the worksheet was withdrawn.",
        evidenceTitle: "Scan of the gateway after the change",
        evidenceUrl: proof("4.2.1", "scan"),
      },
    },
  ];
}

/** The large engagement: a 4.0.1 report on compliance with Harrow as assessor, about two months in. */
export function harbourLane(on: DemoCalendar): DemoEngagement {
  return {
    key: "harbourlane-roc",
    entity: "harbourlane",
    assessor: "harrow",
    name: `PCI DSS 4.0.1 ROC ${on.year(60)}`,
    standardVersion: "4.0.1",
    assessmentType: "ROC",
    periodStart: on.iso(-300),
    periodEnd: on.iso(64),
    dueOn: on.iso(86),
    internalReview: true,
    created: { day: -70, minute: 500, by: "priya" },
    scope: {
      day: -68,
      minute: 560,
      by: "aisha",
      answers: {
        serviceProvider: true,
        keyOptions: ["cmk-aws-material", "byok-own-hsm"],
        usesCli: false,
        usesSdk: true,
        returnsPlaintextDataKeys: true,
        dataKeyRequesters: "own_or_external",
        privateEndpointOnly: true,
        recipientEnclave: false,
        hsmGeneratesAndWraps: false,
        storageFormShown: true,
        cryptoperiodDefined: true,
        cryptoperiodDays: 365,
        automaticRotation: true,
        manualRotationSchedule: true,
        importedExpiry: "within_cryptoperiod",
        offboardingTriggersRotation: false,
        custodianCount: 4,
        custodianLimit: 6,
        extraKeyLocations: 2,
        federatedAccess: true,
        assumedRoleAccess: true,
        sessionsAttributable: true,
        sharedIds: false,
        everyIdentityHasFactor: true,
        mfaOnEveryHumanPath: true,
        awsNativeSignIns: 2,
        humanAwsSessions: true,
        workstationLock15: false,
        trailOn: true,
        trailAllRegions: true,
        trailExcludesKmsEvents: false,
        logFileValidation: true,
        logTamperControls: true,
        logChangeAlert: false,
        retentionDays: 400,
        hotDays: 120,
        changeDetection: true,
        oneWorkloadPerKey: true,
        encryptDecryptApart: "exceptions_listed",
        keyMakersCannotDecrypt: true,
        keyPolicyChangesAlarmed: true,
        decryptPeople: 3,
        decryptPeopleLimit: 5,
        membershipReviewedMonthsAgo: 2,
        outsideDevicesDecrypt: false,
        chdOnWorkstations: false,
        workstationsInScope: false,
      },
    },
    members: [
      { person: "aisha", role: "lead" },
      { person: "jonas", role: "contributor" },
      { person: "marta", role: "contributor" },
      { person: "daniel", role: "internal_reviewer" },
      { person: "ruth", role: "observer" },
      { person: "samuel", role: "qsa_lead" },
      { person: "ines", role: "qsa_assistant" },
    ],
    added: ["6.3.3", "11.5.2", "2.2.7", "10.4.1.1", "10.4.2.1", "4.2.1", "4.2.1.1", "A2.1.1"],
    decisions: [...decisions(on), ...HARBOUR_LANE_MET],
    controls: [alarmCentre(on)],
    records: [logReview(on), otherLogs(on)],
    worksheets: [
      signInLock(on),
      keyCeremony(on),
      logIntegrity(on),
      idleSession(on),
      unpatchedGateway(on),
      overdueKey(on),
      acquirerLink(on),
      firmwareWatch(on),
      consoleTunnel(on),
    ],
  };
}
