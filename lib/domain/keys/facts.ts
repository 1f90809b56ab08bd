/** Who asks KMS for data keys. */
export const DATA_KEY_REQUESTERS = ["aws_services_only", "own_or_external"] as const;
export type DataKeyRequesters = (typeof DATA_KEY_REQUESTERS)[number];

/** How long imported key material lasts, measured against the cryptoperiod. */
export const IMPORTED_EXPIRIES = ["within_cryptoperiod", "beyond_cryptoperiod", "never"] as const;
export type ImportedExpiry = (typeof IMPORTED_EXPIRIES)[number];

/** The yes-or-no facts that triggers turn on. */
export const BOOLEAN_FACTS = [
  "usesCli",
  "usesSdk",
  "returnsPlaintextDataKeys",
  "privateEndpointOnly",
  "recipientEnclave",
  "hsmGeneratesAndWraps",
  "xksProxyPublic",
  "storageFormShown",
  "cryptoperiodDefined",
  "automaticRotation",
  "manualRotationSchedule",
  "offboardingTriggersRotation",
  "federatedAccess",
  "assumedRoleAccess",
  "sessionsAttributable",
  "sharedIds",
  "everyIdentityHasFactor",
  "mfaOnEveryHumanPath",
  "humanAwsSessions",
  "workstationLock15",
  "trailOn",
  "trailAllRegions",
  "trailExcludesKmsEvents",
  "hsmAuditLogsRetained",
  "logFileValidation",
  "logTamperControls",
  "logChangeAlert",
  "changeDetection",
] as const;
export type BooleanFact = (typeof BOOLEAN_FACTS)[number];

/** The facts that are whole numbers from 0. Periods are in days. */
export const NUMBER_FACTS = [
  "cryptoperiodDays",
  "custodianCount",
  "custodianLimit",
  "extraKeyLocations",
  "awsNativeSignIns",
  "retentionDays",
  "hotDays",
] as const;
export type NumberFact = (typeof NUMBER_FACTS)[number];

/** Any fact that triggers turn on. */
export type FactName = BooleanFact | NumberFact | "dataKeyRequesters" | "importedExpiry";

/** What is known of an environment. A fact that is absent has not been answered, which is not the same as no. */
export type ScopeFacts = Readonly<
  Partial<
    Record<BooleanFact, boolean> &
      Record<NumberFact, number> & { dataKeyRequesters: DataKeyRequesters; importedExpiry: ImportedExpiry }
  >
>;
