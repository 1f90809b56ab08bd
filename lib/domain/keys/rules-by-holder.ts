import { ALWAYS, above, all, any, below, type Condition, no, yes } from "@/lib/domain/keys/condition";
import type { Rule, TriggerEntry } from "@/lib/domain/keys/trigger";

/** Rules that depend on what keeps the key and who made it. Facts sections 3.1 and 4. */

/** Never in either reading. */
export const NONE: TriggerEntry = { article: [], today: [] };

/** 3.5, third scenario: AWS made the material. Falls away today, see 3.5.3. */
export const AWS_GENERATED: TriggerEntry = {
  article: [{ when: ALWAYS, reason: "No key material is supplied, so AWS makes it." }],
  today: [],
};

/** 3.5, second scenario: data keys come back in clear text. */
export const CLEAR_DATA_KEYS: TriggerEntry = {
  article: [
    {
      when: yes("returnsPlaintextDataKeys"),
      reason: "The interface returns data keys in clear text over a public network.",
      remarks: [
        {
          when: { kind: "requesters", are: "aws_services_only" },
          text: "Only AWS services ask for them: little effort.",
        },
        {
          when: { kind: "requesters", are: "own_or_external" },
          text: "Own or external programs ask for them: real effort.",
        },
      ],
    },
  ],
  today: [
    {
      when: all(yes("returnsPlaintextDataKeys"), no("privateEndpointOnly"), no("recipientEnclave")),
      reason:
        "Data keys come back in clear text, neither limited to a private endpoint nor readable in an enclave only.",
    },
  ],
};

const SUPPLIED = "Key material is supplied by you and not by way of CloudHSM.";
const NOT_WRAPPED = "Key material is supplied by you, and no HSM both generates and wraps it.";
const BY_HAND = "A process outside KMS makes and carries the key in clear text.";

/** 3.5, first scenario, for material made on a workstation: nothing settles it. */
export const WORKSTATION_KEK: TriggerEntry = same(ALWAYS, SUPPLIED);
/** 3.6.6 for material made on a workstation. */
export const WORKSTATION_BY_HAND: TriggerEntry = same(ALWAYS, BY_HAND);
/** 3.5, first scenario, for an HSM or key manager outside AWS: by the letter in the article, by the sense today. */
export const OUTSIDE_HSM_KEK: TriggerEntry = {
  article: [{ when: ALWAYS, reason: `${SUPPLIED} By the letter; governance that exists already may settle it.` }],
  today: [{ when: no("hsmGeneratesAndWraps"), reason: NOT_WRAPPED }],
};
/** 3.6.6 for an HSM or key manager outside AWS: settled in substance when it generates and wraps. */
export const OUTSIDE_HSM_BY_HAND: TriggerEntry = same(no("hsmGeneratesAndWraps"), BY_HAND);

/** 3.5.3 inside AWS's or the cluster's devices: a doubt in the article's reading, none today. */
export const FORM_INSIDE_DEVICE: TriggerEntry = { article: [formRule()], today: [] };
/** 3.5.3 where a copy is held outside AWS: that copy has to show its form today too. */
export const FORM_OF_OUTSIDE_COPY: TriggerEntry = { article: [formRule()], today: [formRule()] };

function formRule(): Rule {
  return { when: no("storageFormShown"), reason: "None of the three storage forms can be shown for some key." };
}

const NO_EXPIRY = "KMS offers a key that never expires; AWS alone does not meet this.";
const NO_PERIOD = "No cryptoperiod is defined, or nothing enforces it.";

/** 3.6.4 with KMS: always in the article, today only while no cryptoperiod is enforced in the option's own way. */
export function cryptoperiod(notEnforced: Condition): TriggerEntry {
  return {
    article: [{ when: ALWAYS, reason: NO_EXPIRY }],
    today: [{ when: any(no("cryptoperiodDefined"), notEnforced), reason: NO_PERIOD }],
  };
}

/** AWS rotates yearly, so a shorter cryptoperiod is not enforced. */
export const YEARLY_ONLY: Condition = below("cryptoperiodDays", 365);
/** Neither automatic rotation nor a schedule. */
export const NOT_ROTATED: Condition = all(no("automaticRotation"), no("manualRotationSchedule"));
/** No automatic rotation exists: only a schedule, or material that ends in time. */
export const IMPORTED_NOT_ENDING: Condition = all(no("manualRotationSchedule"), {
  kind: "expiryIsNot",
  value: "within_cryptoperiod",
});
/** No automatic rotation exists: only a schedule. */
export const NO_SCHEDULE: Condition = no("manualRotationSchedule");

/** 3.6.4 where AWS sets everything: you can neither set nor show a cryptoperiod. */
export const CRYPTOPERIOD_OUT_OF_HAND: TriggerEntry = {
  article: [{ when: ALWAYS, reason: NO_EXPIRY }],
  today: [{ when: ALWAYS, reason: "AWS rotates as it sees fit; you can neither set nor show a cryptoperiod." }],
};

/** 3.6.5 with KMS. */
export const LEAVERS: TriggerEntry = {
  article: [{ when: ALWAYS, reason: "Automatic rotation knows nothing of leavers." }],
  today: [
    {
      when: no("offboardingTriggersRotation"),
      reason: "A leaver or a compromise does not start rotation and re-encryption, backups included.",
    },
  ],
};
/** 3.6.5 where the key cannot be replaced by you. */
export const LEAVERS_OUT_OF_HAND: TriggerEntry = {
  article: LEAVERS.article,
  today: [{ when: ALWAYS, reason: "You cannot replace or revoke the key; only moving the data to another key helps." }],
};

/** 8.1.6 wherever AWS's own sign-in and signatures guard the key. */
export const NO_LOCK: TriggerEntry = {
  article: [{ when: ALWAYS, reason: "The interface has no lock after failed attempts." }],
  today: [
    { when: above("awsNativeSignIns", 0), reason: "Identities sign in at AWS itself, where you cannot set a lock." },
  ],
};

/** A duty today that the article's reason, being about KMS, does not reach. */
export function dutyOnly(entry: TriggerEntry): TriggerEntry {
  return { article: [], today: entry.today };
}

/** The entry with one more rule in both readings. */
export function also(entry: TriggerEntry, when: Condition, reason: string): TriggerEntry {
  return { article: [...entry.article, { when, reason }], today: [...entry.today, { when, reason }] };
}

/** The entry with one more rule in today's reading. */
export function alsoToday(entry: TriggerEntry, when: Condition, reason: string): TriggerEntry {
  return { article: entry.article, today: [...entry.today, { when, reason }] };
}

function same(when: Condition, reason: string): TriggerEntry {
  return { article: [{ when, reason }], today: [{ when, reason }] };
}
