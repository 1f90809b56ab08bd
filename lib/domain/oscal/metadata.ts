import type { OscalBook, OscalEngagement, OscalLeftOut } from "@/lib/domain/oscal/book";
import { flat, line } from "@/lib/domain/oscal/markup";
import type { Metadata, Party } from "@/lib/domain/oscal/parts";
import { fieldProps } from "@/lib/domain/oscal/props";
import { some } from "@/lib/domain/oscal/some";
import { type Identify, OSCAL_VERSION } from "@/lib/domain/oscal/vocabulary";
import { KIND_WORDS } from "@/lib/domain/records/kinds";

const ENTITY_ROLE = "system-owner";
const ASSESSOR_ROLE = "assessor";

/** The assessed entity as a party of its engagement. */
export function entityParty({ id, entityName }: OscalEngagement, identify: Identify): Party {
  return { uuid: identify(`${id} entity`), type: "organization", name: flat(entityName, "The assessed entity") };
}

/** A person who did something in the engagement. Two of the same name are one party: names are all a document tells. */
export function personParty({ id }: OscalEngagement, name: string, identify: Identify): Party {
  return { uuid: identify(`${id} person ${name}`), type: "person", name: flat(name, "Somebody") };
}

function assessorParties({ id, assessorName }: OscalEngagement, identify: Identify): Party[] {
  if (assessorName === "") return [];
  return [{ uuid: identify(`${id} assessor`), type: "organization", name: flat(assessorName, "The assessor company") }];
}

/** That records are not in the document, with their number and requirements: who reads it would not miss them. */
export function leftOutWords(leftOut: readonly OscalLeftOut[]): string {
  const named = leftOut.map(({ requirementNumber, kind }) => `${requirementNumber} (${KIND_WORDS[kind]})`);
  const count = leftOut.length === 1 ? "1 record is" : `${leftOut.length} records are`;
  return `${count} not in this document, which holds compensating controls worksheets alone: ${named.join(", ")}.`;
}

/** What a document of an engagement says about itself: title, time, who takes part. */
export function bookMetadata(book: OscalBook, title: string, identify: Identify): Metadata {
  const { engagement, at, worksheets, leftOut } = book;
  const entity = entityParty(engagement, identify);
  const assessors = assessorParties(engagement, identify);
  const names = worksheets.flatMap(({ signOffs, transitions, decisions }) => [
    ...signOffs.map(({ signerName }) => signerName),
    ...transitions.map(({ by }) => by),
    ...decisions.map(({ by }) => by),
  ]);
  const people = [...new Set(names)].map((name) => personParty(engagement, name, identify));
  return {
    title: line(`${title}: ${engagement.entityName}, ${engagement.name}`, title),
    "last-modified": at,
    version: at,
    "oscal-version": OSCAL_VERSION,
    props: fieldProps({ ...engagement, leftOut }),
    roles: [
      { id: ENTITY_ROLE, title: "Assessed entity" },
      ...(assessors.length > 0 ? [{ id: ASSESSOR_ROLE, title: "Assessor company" }] : []),
    ],
    ...some("parties", [entity, ...assessors, ...people]),
    "responsible-parties": [
      { "role-id": ENTITY_ROLE, "party-uuids": [entity.uuid] },
      ...assessors.map(({ uuid }) => ({ "role-id": ASSESSOR_ROLE, "party-uuids": [uuid] })),
    ],
    ...(leftOut && { remarks: leftOutWords(leftOut) }),
  };
}
