import type { DemoCalendar } from "./calendar";
import type { DemoEngagement } from "./types";
import { legacyAuditTrail } from "./worksheets/legacy-audit-trail";
import { legacyLock } from "./worksheets/legacy-lock";

/** The small engagement: a self-assessment on 3.2.1 without an assessor company; the ISA decides. Legacy, not reportable. */
export function meridian(on: DemoCalendar): DemoEngagement {
  return {
    key: "meridian-saq",
    entity: "meridian",
    assessor: null,
    name: "SAQ D carried over from 3.2.1",
    standardVersion: "3.2.1",
    assessmentType: "SAQ",
    periodStart: on.iso(-330),
    periodEnd: on.iso(34),
    dueOn: on.iso(45),
    internalReview: false,
    created: { day: -36, minute: 480, by: "tomasz" },
    scope: {
      day: -36,
      minute: 700,
      by: "tomasz",
      answers: {
        serviceProvider: false,
        keyOptions: ["aws-managed", "cmk-aws-material"],
        usesCli: false,
        usesSdk: false,
        returnsPlaintextDataKeys: false,
        cryptoperiodDefined: true,
        automaticRotation: false,
        manualRotationSchedule: false,
        offboardingTriggersRotation: true,
        federatedAccess: true,
        assumedRoleAccess: false,
        sessionsAttributable: true,
        awsNativeSignIns: 1,
        mfaOnEveryHumanPath: true,
        workstationLock15: true,
        trailOn: true,
        logFileValidation: true,
        logChangeAlert: false,
        retentionDays: 400,
        hotDays: 92,
        changeDetection: true,
      },
    },
    members: [
      { person: "tomasz", role: "lead" },
      { person: "viktor", role: "contributor" },
      { person: "eleni", role: "isa" },
    ],
    added: ["8.1.8"],
    decisions: [
      {
        number: "8.1.8",
        day: -33,
        minute: 560,
        by: "tomasz",
        owner: "viktor",
        change: {
          disposition: "met",
          note: "Every workstation locks after ten idle minutes; the setting is enforced by the device management.",
          evidenceTitle: "Lock policy of the device management",
          evidenceUrl: "https://evidence.meridianpay.example/8.1.8/lock-policy",
        },
      },
      {
        number: "3.6.4",
        day: -33,
        minute: 575,
        by: "tomasz",
        owner: "viktor",
        change: {
          disposition: "fix_planned",
          note: "Automatic rotation is off for one of the two keys.",
          fixOwner: "Viktor Hale",
          fixDueOn: on.iso(20),
        },
      },
    ],
    worksheets: [legacyAuditTrail(on), legacyLock(on)],
  };
}
