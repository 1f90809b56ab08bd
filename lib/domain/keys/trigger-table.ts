import type { KeyOptionId } from "@/lib/domain/catalogue/key-option";
import { ALWAYS, all, no, yes } from "@/lib/domain/keys/condition";
import {
  AWS_GENERATED,
  also,
  alsoToday,
  CLEAR_DATA_KEYS,
  CRYPTOPERIOD_OUT_OF_HAND,
  cryptoperiod,
  dutyOnly,
  FORM_INSIDE_DEVICE,
  FORM_OF_OUTSIDE_COPY,
  IMPORTED_NOT_ENDING,
  LEAVERS,
  LEAVERS_OUT_OF_HAND,
  NO_LOCK,
  NO_SCHEDULE,
  NONE,
  NOT_ROTATED,
  OUTSIDE_HSM_BY_HAND,
  OUTSIDE_HSM_KEK,
  WORKSTATION_BY_HAND,
  WORKSTATION_KEK,
  YEARLY_ONLY,
} from "@/lib/domain/keys/rules-by-holder";
import { EVERYWHERE } from "@/lib/domain/keys/rules-everywhere";
import type { TriggerEntry, TriggerId } from "@/lib/domain/keys/trigger";

/** A key option's answer to every trigger. */
export type OptionTriggers = Readonly<Record<TriggerId, TriggerEntry>>;

/** Nothing about the material or its holder is triggered yet. */
const ACCOUNT_WIDE: OptionTriggers = {
  ...EVERYWHERE,
  "3.5-KEK": NONE,
  "3.5-DEK": NONE,
  "3.5-AWSGEN": NONE,
  "3.5.3": FORM_INSIDE_DEVICE,
  "3.6.4": NONE,
  "3.6.5": NONE,
  "3.6.6": NONE,
  "8.1.6": NONE,
};

const HSM_LOG = "The audit log of the HSMs, which is not in CloudTrail, is not kept.";
const hsmLogs = {
  "10.2": alsoToday(EVERYWHERE["10.2"], no("hsmAuditLogsRetained"), HSM_LOG),
  "10.3": alsoToday(EVERYWHERE["10.3"], no("hsmAuditLogsRetained"), HSM_LOG),
};
const kmsEvents = alsoToday(
  EVERYWHERE["10.2"],
  all(yes("trailOn"), yes("trailExcludesKmsEvents")),
  "A trail leaves the events of KMS out.",
);
const hsmLogsAndKmsEvents = { ...hsmLogs, "10.2": alsoToday(kmsEvents, no("hsmAuditLogsRetained"), HSM_LOG) };

/** Whatever goes through KMS. */
const KMS: OptionTriggers = {
  ...ACCOUNT_WIDE,
  "10.2": kmsEvents,
  "3.5-DEK": CLEAR_DATA_KEYS,
  "3.6.4": cryptoperiod(NO_SCHEDULE),
  "3.6.5": LEAVERS,
  "8.1.6": NO_LOCK,
};

const NO_RECORD = "Uses of the key leave no record that you can see.";

/** Key option by trigger by reading: the one place that decides. */
export const TRIGGER_TABLE: Readonly<Record<KeyOptionId, OptionTriggers>> = {
  "aws-owned": {
    ...KMS,
    "3.5-DEK": NONE,
    "3.5-AWSGEN": AWS_GENERATED,
    "3.6.4": CRYPTOPERIOD_OUT_OF_HAND,
    "3.6.5": LEAVERS_OUT_OF_HAND,
    "10.2": alsoToday(EVERYWHERE["10.2"], ALWAYS, NO_RECORD),
    "10.3": alsoToday(EVERYWHERE["10.3"], ALWAYS, NO_RECORD),
  },
  "aws-managed": { ...KMS, "3.5-AWSGEN": AWS_GENERATED, "3.6.4": cryptoperiod(YEARLY_ONLY) },
  "cmk-aws-material": { ...KMS, "3.5-AWSGEN": AWS_GENERATED, "3.6.4": cryptoperiod(NOT_ROTATED) },
  "byok-workstation": {
    ...KMS,
    "3.5-KEK": WORKSTATION_KEK,
    "3.5.3": FORM_OF_OUTSIDE_COPY,
    "3.6.4": cryptoperiod(IMPORTED_NOT_ENDING),
    "3.6.6": WORKSTATION_BY_HAND,
  },
  "byok-cloudhsm": { ...KMS, ...hsmLogsAndKmsEvents, "3.6.4": cryptoperiod(IMPORTED_NOT_ENDING) },
  "byok-own-hsm": {
    ...KMS,
    "3.5-KEK": OUTSIDE_HSM_KEK,
    "3.5.3": FORM_OF_OUTSIDE_COPY,
    "3.6.4": cryptoperiod(IMPORTED_NOT_ENDING),
    "3.6.6": OUTSIDE_HSM_BY_HAND,
  },
  "cloudhsm-direct": {
    ...ACCOUNT_WIDE,
    ...hsmLogs,
    "3.5.3": NONE,
    "3.6.4": dutyOnly(cryptoperiod(NO_SCHEDULE)),
    "3.6.5": dutyOnly(LEAVERS),
  },
  "kms-cloudhsm-store": { ...KMS, ...hsmLogsAndKmsEvents },
  xks: {
    ...KMS,
    "1.3": also(
      EVERYWHERE["1.3"],
      yes("xksProxyPublic"),
      "The proxy of the external key store has a public address of its own.",
    ),
    "3.5-KEK": OUTSIDE_HSM_KEK,
    "3.5.3": FORM_OF_OUTSIDE_COPY,
    "3.6.6": OUTSIDE_HSM_BY_HAND,
  },
  "payment-cryptography": {
    ...ACCOUNT_WIDE,
    "3.5.3": NONE,
    "3.6.4": cryptoperiod(NO_SCHEDULE),
    "3.6.5": LEAVERS,
    "8.1.6": NO_LOCK,
  },
};
