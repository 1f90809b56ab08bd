import { randomUUID } from "node:crypto";
import type { DispositionDto } from "@/lib/contracts/disposition";
import type { EngagementDto } from "@/lib/contracts/engagement";
import type { FactorResetDto, InvitationMadeDto, PersonDto } from "@/lib/contracts/people";
import type { ThreadDto } from "@/lib/contracts/review";
import type { InvitationDto } from "@/lib/contracts/session";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { putApp } from "../support/account-rows";
import { addPerson } from "../support/cast";
import type { Reply } from "../support/client";
import { must, settings } from "../support/workbook";
import { EVIDENCE } from "./content";
import { EXAMPLES } from "./examples";
import type { Stage } from "./stage";

/** Something that was stored: the reply, and how the text is read, from that reply and once more from the store. */
export interface Stored {
  readonly reply: Reply;
  readonly read: () => Promise<readonly unknown[]> | readonly unknown[];
}

/** A field whose text is kept. E-mail addresses are not among them: they are trimmed and lower-cased by intent. */
export interface TextField {
  /** In words, for findings. */
  readonly name: string;
  /** Where an error of it points. */
  readonly path: string;
  readonly max: number;
  /** White space alone is refused. */
  readonly required: boolean;
  readonly store: (stage: Stage, text: string) => Promise<Stored>;
}

const get = async <T>(stage: Stage, address: string): Promise<T> =>
  must(await stage.client("lead").send("GET", address));

function evidenceField(path: "title" | "shows", max: number, required: boolean): TextField {
  return {
    name: `the ${path} of evidence`,
    path,
    max,
    required,
    store: async (stage, text) => {
      const { id } = await stage.inWriting();
      const body = { ...EVIDENCE, [path]: text };
      const reply = await stage.client("lead").send("POST", `/api/v1/worksheets/${id}/evidence`, { body });
      const made = reply.json as { readonly id: string } & Record<string, unknown>;
      const read = async () => {
        const { evidence } = await stage.worksheet(id);
        return [made[path], evidence?.find((one) => one.id === made.id)?.[path]];
      };
      return { reply, read };
    },
  };
}

function rowField(path: "note" | "fixOwner" | "evidenceTitle", max: number, required: boolean): TextField {
  return {
    name: `the ${path} of a workbook's row`,
    path,
    max,
    required,
    store: async (stage, text) => {
      const example = await EXAMPLES["PATCH /api/v1/dispositions/[dispositionId]"]?.ask(stage, 0);
      const id = example?.params?.dispositionId;
      const body = { ...(example?.body as object), [path]: text };
      const reply = await stage.client("lead").send("PATCH", `/api/v1/dispositions/${id}`, { body });
      const read = async () => {
        const { items } = await get<{ items: readonly DispositionDto[] }>(
          stage,
          `/api/v1/engagements/${stage.engagementId}/dispositions`,
        );
        return [(reply.json as DispositionDto)[path], items.find((row) => row.id === id)?.[path]];
      };
      return { reply, read };
    },
  };
}

const thread: TextField = {
  name: "a thread's first comment",
  path: "body",
  max: 10_000,
  required: true,
  store: async (stage, text) => {
    const address = `/api/v1/worksheets/${stage.worksheetIds[0]}/threads`;
    const body = { section: null, itemId: null, visibility: "shared", body: text };
    const reply = await stage.client("lead").send("POST", address, { body });
    const made = reply.json as ThreadDto;
    const read = async () => {
      const { items } = await get<{ items: readonly ThreadDto[] }>(stage, address);
      return [made.comments[0]?.body, items.find((one) => one.id === made.id)?.comments[0]?.body];
    };
    return { reply, read };
  },
};

const comment: TextField = {
  name: "a comment",
  path: "body",
  max: 10_000,
  required: true,
  store: async (stage, text) => {
    const { id } = await stage.thread(stage.worksheetIds[0] ?? "");
    const reply = await stage.client("lead").send("POST", `/api/v1/threads/${id}/comments`, { body: { body: text } });
    return { reply, read: () => [(reply.json as ThreadDto).comments.at(-1)?.body] };
  },
};

const engagementName: TextField = {
  name: "an engagement's name",
  path: "name",
  max: 200,
  required: true,
  store: async (stage, text) => {
    const body = { ...settings("Fuzz"), name: text };
    const reply = await stage.client("lead").send("POST", "/api/v1/engagements", { body });
    const { id } = reply.json as { readonly id: string };
    return { reply, read: async () => [(await get<EngagementDto>(stage, `/api/v1/engagements/${id}`)).name] };
  },
};

const moveReason: TextField = {
  name: "the reason of a move",
  path: "reason",
  max: 4_000,
  required: true,
  store: async (stage, text) => {
    const { id } = await stage.inReview();
    const body = { move: "request_changes", reason: text };
    const reply = await stage.client("qsa").send("POST", `/api/v1/worksheets/${id}/moves`, { body });
    const reasons = async () => [
      (reply.json as WorksheetDto).transitions.at(-1)?.reason,
      (await stage.worksheet(id)).transitions.at(-1)?.reason,
    ];
    return { reply, read: reasons };
  },
};

const refusalReason: TextField = {
  name: "the reason of a refusal",
  path: "reason",
  max: 4_000,
  required: true,
  store: async (stage, text) => {
    const asked = await EXAMPLES["POST /api/v1/worksheets/[worksheetId]/sign-off"]?.ask(stage, 1);
    const id = asked?.params?.worksheetId ?? "";
    const body = { ...(asked?.body as object), reason: text };
    const reply = await stage.client("qsa").send("POST", `/api/v1/worksheets/${id}/sign-off`, { body });
    const read = async () => {
      const { signOffs, transitions } = await stage.worksheet(id);
      return [signOffs.at(-1)?.reason, transitions.at(-1)?.reason];
    };
    return { reply, read };
  },
};

const personName: TextField = {
  name: "a person's name",
  path: "name",
  max: 120,
  required: true,
  store: async (stage, text) => {
    const token = await stage.invitation();
    const { email } = await get<InvitationDto>(stage, `/api/v1/invitations/${token}`);
    const body = { token, name: text, password: "a password of a newcomer" };
    const reply = await stage.client("anonymous").send("POST", "/api/v1/invitations/accept", { body });
    const read = async () => {
      const { items } = await get<{ items: readonly PersonDto[] }>(stage, "/api/v1/organisation/people");
      return [items.find((person) => person.email === email)?.name];
    };
    return { reply, read };
  },
};

const invitedName: TextField = {
  name: "an invited person's name",
  path: "name",
  max: 120,
  required: true,
  store: async (stage, text) => {
    await stage.stepUp("lead");
    const body = { email: `${randomUUID()}@proof.example`, name: text, role: "member" };
    const reply = await stage.client("lead").send("POST", "/api/v1/organisation/invitations", { body });
    const made = reply.json as InvitationMadeDto;
    const read = async () => {
      const { items } = await get<{ items: readonly InvitationMadeDto[] }>(stage, "/api/v1/organisation/invitations");
      return [made.name, items.find((one) => one.id === made.id)?.name];
    };
    return { reply, read };
  },
};

const resetReason: TextField = {
  name: "the reason for a removal of second factors",
  path: "reason",
  max: 500,
  required: true,
  store: async (stage, text) => {
    const forgetful = await addPerson(stage.sql, stage.organisationIds[0], "member", "Fuzz Forgetful");
    const { userId } = forgetful;
    await putApp(stage.sql, forgetful);
    await stage.stepUp("lead");
    const address = `/api/v1/organisation/people/${userId}/factor-reset`;
    const reply = await stage.client("lead").send("POST", address, { body: { reason: text } });
    const read = async () => {
      const { items } = await get<{ items: readonly FactorResetDto[] }>(stage, "/api/v1/organisation/factor-resets");
      return [(reply.json as FactorResetDto).reason, items.find(({ person }) => person.id === userId)?.reason];
    };
    return { reply, read };
  },
};

function firmField(path: "firmName" | "adminName", max: number): TextField {
  return {
    name: `the ${path} of an assessor company`,
    path,
    max,
    required: true,
    store: async (stage, text) => {
      const asked = await EXAMPLES["POST /api/v1/engagements/[engagementId]/assessor"]?.ask(stage, 0);
      const address = `/api/v1/engagements/${asked?.params?.engagementId}`;
      const body = { ...(asked?.body as object), [path]: text };
      const reply = await stage.client("lead").send("POST", `${address}/assessor`, { body });
      const read = async () => {
        const { link } = reply.json as { readonly link: string };
        const invitation = await get<InvitationDto>(stage, `/api/v1/invitations/${link.split("/").pop()}`);
        if (path === "adminName") return [invitation.name];
        return [invitation.organisation.name, (await get<EngagementDto>(stage, address)).assessor?.name];
      };
      return { reply, read };
    },
  };
}

/** Every field outside the sections whose text somebody writes and others read. */
export const TEXT_FIELDS: readonly TextField[] = [
  evidenceField("title", 300, true),
  evidenceField("shows", 4_000, false),
  rowField("note", 10_000, false),
  rowField("fixOwner", 300, true),
  rowField("evidenceTitle", 300, false),
  thread,
  comment,
  engagementName,
  moveReason,
  refusalReason,
  personName,
  invitedName,
  resetReason,
  firmField("firmName", 200),
  firmField("adminName", 120),
];
