import type { DemoCalendar } from "../calendar";
import type { DemoWorksheet } from "../types";
import { signInLockConstraints, signInLockDefinition, signInLockObjective } from "./sign-in-lock-definition";
import { signInLockEvidence, signInLockMaintenance, signInLockRisk, signInLockValidation } from "./sign-in-lock-proof";

/** 8.3.4, sample entry A: in review with its second revision, after the QSA asked for changes. */
export function signInLock(on: DemoCalendar): DemoWorksheet {
  const second = {
    constraints: signInLockConstraints(on),
    definition: signInLockDefinition(2),
    objective: signInLockObjective(),
    identifiedRisk: signInLockRisk(on, 2),
    validation: signInLockValidation(on, 2),
    maintenance: signInLockMaintenance(on),
  };
  return {
    number: "8.3.4",
    sections: second,
    dueOn: on.iso(18),
    steps: [
      { day: -66, minute: 485, by: "aisha", do: "open" },
      { day: -66, minute: 488, by: "aisha", do: "assign", people: ["jonas"] },
      {
        day: -64,
        minute: 560,
        by: "jonas",
        do: "write",
        sections: { constraints: second.constraints, definition: signInLockDefinition(1), objective: second.objective },
      },
      {
        day: -58,
        minute: 610,
        by: "jonas",
        do: "write",
        sections: {
          identifiedRisk: signInLockRisk(on, 1),
          validation: signInLockValidation(on, 1),
          maintenance: second.maintenance,
        },
      },
      { day: -57, minute: 900, by: "jonas", do: "attach", evidence: signInLockEvidence(on) },
      { day: -44, minute: 555, by: "aisha", do: "move", move: "submit" },
      { day: -43, minute: 840, by: "daniel", do: "move", move: "approve_internally" },
      { day: -38, minute: 545, by: "samuel", do: "view" },
      {
        day: -38,
        minute: 570,
        by: "samuel",
        do: "comment",
        thread: "shut-out",
        section: "identifiedRisk",
        visibility: "shared",
        body: "A lock that anybody can set off with five wrong passwords is itself a way to take break-glass away, and the day it matters is the day the identity provider is down. Which control answers that? I see no such risk in this row.",
      },
      {
        day: -38,
        minute: 591,
        by: "ines",
        do: "comment",
        thread: "open-session",
        section: "validation",
        item: "T1",
        visibility: "shared",
        body: "T1 shows that the password is gone. Does the deny-all policy also reach a session that was open before the lock? Please test it, and try the right password after the lock as well.",
      },
      {
        day: -38,
        minute: 600,
        by: "samuel",
        do: "comment",
        thread: "raw-log",
        section: "validation",
        visibility: "private",
        body: "Before signing: ask internal audit for the raw CloudTrail extract of T1 and read the 71 seconds off it ourselves. Last year's figure was rounded.",
      },
      {
        day: -38,
        minute: 615,
        by: "samuel",
        do: "move",
        move: "request_changes",
        reason:
          "The risk that the lock is used against you is missing, and T1 does not show what happens to an open session. Both are in the threads. The rest reads well.",
      },
      {
        day: -31,
        minute: 530,
        by: "jonas",
        do: "reply",
        thread: "open-session",
        body: "Audit did test it that day and we had left it out: the right password failed after the lock, and a session that was already open got “access denied” everywhere. T1 now says so, and A6 holds the trace.",
      },
      {
        day: -30,
        minute: 640,
        by: "jonas",
        do: "write",
        sections: {
          definition: second.definition,
          identifiedRisk: second.identifiedRisk,
          validation: second.validation,
        },
      },
      {
        day: -30,
        minute: 655,
        by: "aisha",
        do: "reply",
        thread: "shut-out",
        body: "You are right, it was missing. It is R4 now: the second user is not touched by a lock of the first, and each try pages the SOC. The CISO has accepted what is left.",
      },
      { day: -6, minute: 520, by: "aisha", do: "move", move: "submit" },
      { day: -5, minute: 870, by: "daniel", do: "move", move: "approve_internally" },
      { day: -3, minute: 550, by: "samuel", do: "view" },
      { day: -3, minute: 566, by: "samuel", do: "resolve", thread: "open-session" },
      {
        day: -3,
        minute: 574,
        by: "samuel",
        do: "comment",
        thread: "named-services",
        section: "definition",
        item: "C2",
        visibility: "shared",
        body: "C2 now has an exception for named AWS services. Please name them in the control: as it stands I cannot tell whether the exception is two services or twenty.",
      },
      {
        day: -1,
        minute: 610,
        by: "marta",
        do: "reply",
        thread: "named-services",
        body: "It is two: RDS and S3, by kms:ViaService in eu-west-1. A8 has the policy. We can write them into C2 with the next revision, or now if you send it back.",
      },
    ],
  };
}
