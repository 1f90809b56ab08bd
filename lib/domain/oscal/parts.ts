/** The parts of OSCAL documents that are written and read. Names are OSCAL's; keys that may be absent are never empty lists. */

/** A name with a value. Values are one line, without blanks at either end. */
export interface Prop {
  readonly name: string;
  readonly ns?: string;
  readonly value: string;
  /** `json` where the value is JSON, because what it tells is no such line. */
  readonly class?: string;
}

/** A reference: to an address, or by `#uuid` to a resource of the same document. */
export interface Link {
  readonly href: string;
  readonly rel?: string;
  readonly text?: string;
}

/** A person or an organisation. */
export interface Party {
  readonly uuid: string;
  readonly type: "person" | "organization";
  readonly name: string;
}

/** What every document says about itself. Instants are ISO 8601. */
export interface Metadata {
  readonly title: string;
  readonly "last-modified": string;
  readonly version: string;
  readonly "oscal-version": string;
  readonly props?: readonly Prop[];
  readonly links?: readonly Link[];
  readonly roles?: readonly { readonly id: string; readonly title: string }[];
  readonly parties?: readonly Party[];
  readonly "responsible-parties"?: readonly { readonly "role-id": string; readonly "party-uuids": readonly string[] }[];
  readonly remarks?: string;
}

/** A thing that is referred to, such as a piece of evidence, with where it is and what its bytes have to be. */
export interface Resource {
  readonly uuid: string;
  readonly title: string;
  readonly description?: string;
  readonly props?: readonly Prop[];
  readonly rlinks?: readonly {
    readonly href: string;
    readonly "media-type"?: string;
    readonly hashes?: readonly { readonly algorithm: string; readonly value: string }[];
  }[];
}

/** What stands behind the text. */
export interface BackMatter {
  readonly resources?: readonly Resource[];
}

/** Who says so. */
export interface Origin {
  readonly actors: readonly { readonly type: "party"; readonly "actor-uuid": string }[];
}

/** Something that softens a risk. */
export interface MitigatingFactor {
  readonly uuid: string;
  readonly "implementation-uuid"?: string;
  readonly description: string;
  readonly props?: readonly Prop[];
}

/** A task of a response. */
export interface Task {
  readonly uuid: string;
  readonly type: "milestone" | "action";
  readonly title: string;
  readonly description?: string;
  readonly props?: readonly Prop[];
  readonly timing?: { readonly "on-date": { readonly date: string } };
  readonly remarks?: string;
}

/** What is done about a risk. */
export interface Response {
  readonly uuid: string;
  readonly lifecycle: "planned" | "completed";
  readonly title: string;
  readonly description: string;
  readonly props?: readonly Prop[];
  readonly tasks?: readonly Task[];
  readonly remarks?: string;
}

/** Something that happened to a risk. */
export interface RiskLogEntry {
  readonly uuid: string;
  readonly title: string;
  readonly description?: string;
  readonly start: string;
  readonly props?: readonly Prop[];
  readonly "logged-by"?: readonly { readonly "party-uuid": string }[];
  readonly "status-change"?: string;
}

/** A risk. */
export interface Risk {
  readonly uuid: string;
  readonly title: string;
  readonly description: string;
  readonly statement: string;
  readonly props?: readonly Prop[];
  readonly status: string;
  readonly origins?: readonly Origin[];
  readonly characterizations?: readonly {
    readonly origin: Origin;
    readonly facets: readonly { readonly name: string; readonly system: string; readonly value: string }[];
  }[];
  readonly "mitigating-factors"?: readonly MitigatingFactor[];
  readonly remediations?: readonly Response[];
  readonly "risk-log"?: { readonly entries: readonly RiskLogEntry[] };
  readonly "related-observations"?: readonly { readonly "observation-uuid": string }[];
}

/** Something that was seen, tried or collected. */
export interface Observation {
  readonly uuid: string;
  readonly title?: string;
  readonly description: string;
  readonly props?: readonly Prop[];
  readonly methods: readonly string[];
  readonly types?: readonly string[];
  readonly subjects?: readonly { readonly "subject-uuid": string; readonly type: string }[];
  readonly "relevant-evidence"?: readonly { readonly href: string; readonly description: string }[];
  readonly collected: string;
  readonly expires?: string;
  readonly remarks?: string;
}

/** A thing that a worksheet covers. */
export interface InventoryItem {
  readonly uuid: string;
  readonly description: string;
  readonly props?: readonly Prop[];
}

/** One matter of the plan. */
export interface PoamItem {
  readonly uuid: string;
  readonly title: string;
  readonly description: string;
  readonly props?: readonly Prop[];
  readonly links?: readonly Link[];
  readonly "related-observations"?: readonly { readonly "observation-uuid": string }[];
  readonly "related-risks"?: readonly { readonly "risk-uuid": string }[];
}

/** A plan of action and milestones. */
export interface PoamDocument {
  readonly "plan-of-action-and-milestones": {
    readonly uuid: string;
    readonly metadata: Metadata;
    readonly "import-ssp"?: { readonly href: string };
    readonly "system-id"?: { readonly "identifier-type": string; readonly id: string };
    readonly "local-definitions"?: { readonly "inventory-items"?: readonly InventoryItem[] };
    readonly observations?: readonly Observation[];
    readonly risks?: readonly Risk[];
    readonly "poam-items": readonly PoamItem[];
    readonly "back-matter"?: BackMatter;
  };
}

/** A control of a catalogue. */
export interface CatalogControl {
  readonly id: string;
  readonly title: string;
  readonly props?: readonly Prop[];
  readonly controls?: readonly CatalogControl[];
}

/** A group of a catalogue: of groups or of controls. */
export interface CatalogGroup {
  readonly id?: string;
  readonly title: string;
  readonly props?: readonly Prop[];
  readonly controls?: readonly CatalogControl[];
  readonly groups?: readonly CatalogGroup[];
}

/** A catalogue. */
export interface CatalogDocument {
  readonly catalog: {
    readonly uuid: string;
    readonly metadata: Metadata;
    readonly controls?: readonly CatalogControl[];
    readonly groups?: readonly CatalogGroup[];
    readonly "back-matter"?: BackMatter;
  };
}
