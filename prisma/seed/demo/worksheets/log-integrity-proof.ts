import type { SectionContent } from "@/lib/domain/worksheet/model";
import type { DemoCalendar } from "../calendar";
import { evidenceRows } from "../evidence";
import { itemBuilders } from "../items";
import { narrative } from "../rich-text";
import type { DemoEvidence } from "../types";

const { risk, test } = itemBuilders("10.3.4");

/** Section 7.3, identified risk. */
export function logIntegrityRisk(): SectionContent<"identifiedRisk"> {
  const lossOfProof = { asset: "Proof of who used the KMS keys", likelihood: "low", impact: "high" } as const;
  return {
    narrative: narrative(
      "Up to one hour passes between a change and its proof. Likelihood low, impact high: loss of proof on the use of KMS keys.",
      "**Left over:** AWS itself altering data, accepted on the strength of its attestation (Artifact).",
    ),
    items: {
      risks: [
        risk("R1", ["K1", "K2"], {
          ...lossOfProof,
          threat: "An administrator of the log account hides a misuse of a key.",
          residual: "Low: the lock binds root as well, and each try pages.",
        }),
        risk("R2", ["K4", "K5"], {
          ...lossOfProof,
          threat: "An attacker stops the trail.",
          residual: "Low: denied by policy; a gap shows in the daily count.",
        }),
        risk("R3", ["K3", "K4"], {
          ...lossOfProof,
          threat: "Validation is turned off: the chain breaks from that hour, and the gap cannot be filled later.",
          residual: "Low: denied by policy; a missing digest pages within the hour.",
        }),
        risk("R4", ["K3"], {
          ...lossOfProof,
          threat: "The job itself is switched off.",
          residual: "Low: the job not reporting pages after 65 minutes (T4).",
        }),
      ],
    },
  };
}

/** Section 7.3, validation. */
export function logIntegrityValidation(on: DemoCalendar): SectionContent<"validation"> {
  const by = { tester: "Internal audit", testedOn: on.iso(-14), outcome: "effective" } as const;
  return {
    narrative: narrative(
      `By internal audit, ${on.day(-21)} to ${on.day(-14)}. **Result: effective**, no finding; report C-12.`,
      "The run behind T5, as anyone can repeat it:",
      {
        code: `aws cloudtrail validate-logs \\\n  --trail-arn arn:aws:cloudtrail:eu-west-1:444455556666:trail/organisation \\\n  --start-time ${on.iso(-115)}T00:00:00Z --end-time ${on.iso(-24)}T00:00:00Z --verbose`,
      },
    ),
    items: {
      tests: [
        test("T1", ["K1", "K2"], {
          ...by,
          method: "Overwrite, delete a version, shorten the lock, as administrator of the log account.",
          sample: "9 attempts on 3 objects",
          result: "9 of 9 refused, 9 pages in under 5 minutes.",
        }),
        test("T2", ["K3"], {
          ...by,
          method: "In a test trail without lock: one file changed, one deleted.",
          sample: "2 files",
          result: "Both reported by the next run.",
        }),
        test("T3", ["K4", "K2"], {
          ...by,
          method: "Stop, delete, update the trail.",
          sample: "From 3 accounts",
          result: "Refused, paged.",
        }),
        test("T4", ["K3"], { ...by, method: "Job stopped.", sample: "1 stop", result: "Page after 65 minutes." }),
        test("T5", ["K3"], {
          ...by,
          method: `Validation of ${on.day(-115)} to ${on.day(-24)}.`,
          sample: "All log and digest files of the period",
          result: "All valid, no gap; hash of the output kept.",
        }),
        test("T6", ["K5"], {
          ...by,
          method: "Event counts compared between trail and SIEM.",
          sample: "12 days, all accounts",
          result: "Largest gap 0.03 %.",
        }),
      ],
    },
  };
}

/** Section 7.3, evidence table. */
export function logIntegrityEvidence(on: DemoCalendar): readonly DemoEvidence[] {
  const row = evidenceRows(on, "harbourlane.example", "10.3.4", -16);
  return [
    row("C-1", "constraints", null, "AWS documentation on digests", "Hourly, signed, chained; no alarm", -60),
    row(
      "C-2",
      "constraints",
      null,
      `Letter of the assessor, ${on.day(-203)}`,
      "Detection is needed at the time of change",
      -203,
    ),
    row(
      "C-3",
      "definition",
      "K1",
      "Trail settings",
      "All Regions, organisation, validation on: cloudtrail get-trail, get-trail-status",
    ),
    row("C-4", "validation", "T5", "Validation output", "cloudtrail validate-logs --verbose"),
    row(
      "C-5",
      "definition",
      "K1",
      "Bucket lock, versioning, policy, public block",
      "s3api get-object-lock-configuration, get-bucket-versioning, get-bucket-policy, get-public-access-block",
    ),
    row("C-6", "validation", "T1", "Sample of object lock states", "s3api get-object-retention on 25 objects"),
    row(
      "C-7",
      "definition",
      "K3",
      "Config rule results",
      "configservice get-compliance-details-by-config-rule (cloud-trail-log-file-validation-enabled)",
    ),
    row("C-8", "definition", "K4", "Organisation policies", "organizations describe-policy"),
    row("C-9", "validation", "T3", "Alarm rules, pages, tickets", "events describe-rule; ticket system"),
    row(
      "C-10",
      "definition",
      "K1",
      "KMS key of the trail and its policy",
      "cloudtrail get-trail, then kms get-key-policy",
    ),
    row(
      "C-11",
      "definition",
      "K5",
      "CloudHSM audit stream and its retention",
      "logs describe-log-groups: HSM commands are not in CloudTrail",
    ),
    row("C-12", "validation", null, "Test report", "T1–T6", -14),
  ];
}
