import { belowHead } from "@/lib/domain/oscal/markup";
import type {
  InventoryItem,
  MitigatingFactor,
  Observation,
  PoamDocument,
  PoamItem,
  Resource,
  Risk,
  RiskLogEntry,
  Task,
} from "@/lib/domain/oscal/parts";
import { EVIDENCE_REL, ITEM_KINDS, narrativeField, SCOPE_REL, sspPath } from "@/lib/domain/oscal/poam";
import { controlHeading } from "@/lib/domain/oscal/poam-risks";
import { testHeading } from "@/lib/domain/oscal/poam-scope";
import { readFields } from "@/lib/domain/oscal/props";
import { SECTION_KEYS } from "@/lib/domain/worksheet/sections";

/** A place of a document and what is wrong there. The place is a JSON pointer. */
export interface DocumentProblem {
  readonly at: string;
  readonly message: string;
}

/** What a plan holds, in the shape of our model but not checked against it yet: whoever wrote it may have changed it. */
export interface RawBook {
  readonly engagement: unknown;
  /** Undefined where nothing was left out. */
  readonly leftOut: unknown;
  readonly at: string;
  readonly url: string;
  readonly worksheets: readonly { readonly at: string; readonly value: unknown }[];
  readonly rows: readonly { readonly at: string; readonly value: unknown }[];
  readonly problems: readonly DocumentProblem[];
}

type Fields = Readonly<Record<string, unknown>>;
type Plan = PoamDocument["plan-of-action-and-milestones"];

/**
 * Reads back what `poamOf` wrote. The document has to be valid by its schema; items that are not of our making are named
 * as problems and passed over.
 */
export function readPoam(document: PoamDocument): RawBook {
  const plan = document["plan-of-action-and-milestones"];
  const worksheets: RawBook["worksheets"][number][] = [];
  const rows: RawBook["rows"][number][] = [];
  const problems: DocumentProblem[] = [];
  const parts = new Parts(plan);
  plan["poam-items"].forEach((item, index) => {
    const at = `/plan-of-action-and-milestones/poam-items/${index}`;
    // The id of the control is made from the number, for readers of the catalogue.
    const { kind, controlId: _, ...fields } = readFields(item.props);
    if (kind === ITEM_KINDS.worksheet) worksheets.push({ at, value: worksheetOf(item, fields, parts) });
    else if (kind === ITEM_KINDS.plannedFix) {
      rows.push({ at, value: { ...fields, note: belowHead("Planned fix", item.description) } });
    } else problems.push({ at, message: `“${item.title}” is no worksheet of Countervail: it was passed over.` });
  });
  const { leftOut, ...engagement } = readFields(plan.metadata.props);
  const url = (plan["import-ssp"]?.href ?? "").replace(sspPath(text(engagement.id)), "");
  return { engagement, leftOut, at: plan.metadata["last-modified"], url, worksheets, rows, problems };
}

/**
 * The lists of a plan, by the UUIDs that refer to them. What is referred to and not there is left out. Each part belongs to one
 * worksheet and is given out once: a document that refers to a large one again and again does not have it read as often.
 */
class Parts {
  readonly #risks: Map<string, Risk>;
  readonly #observations: Map<string, Observation>;
  readonly #resources: Map<string, Resource>;
  readonly #inventory: Map<string, InventoryItem>;

  constructor(plan: Plan) {
    this.#risks = byId(plan.risks);
    this.#observations = byId(plan.observations);
    this.#resources = byId(plan["back-matter"]?.resources);
    this.#inventory = byId(plan["local-definitions"]?.["inventory-items"]);
  }

  risks(item: PoamItem): Risk[] {
    return found(this.#risks, item["related-risks"]?.map((one) => one["risk-uuid"]) ?? []);
  }

  observations(item: PoamItem): Observation[] {
    return found(this.#observations, item["related-observations"]?.map((one) => one["observation-uuid"]) ?? []);
  }

  resources(item: PoamItem): Resource[] {
    return found(this.#resources, linked(item, EVIDENCE_REL));
  }

  inventory(item: PoamItem): InventoryItem[] {
    return found(this.#inventory, linked(item, SCOPE_REL));
  }
}

function byId<T extends { readonly uuid: string }>(list: readonly T[] = []): Map<string, T> {
  return new Map(list.map((one) => [one.uuid, one]));
}

function found<T>(all: Map<string, T>, ids: readonly string[]): T[] {
  return ids.flatMap((id) => {
    const part = all.get(id);
    all.delete(id);
    return part ?? [];
  });
}

function linked({ links = [] }: PoamItem, rel: string): string[] {
  return links.filter((one) => one.rel === rel).map(({ href }) => href.slice(1));
}

/** Fields of an item that stand beside its content. */
const STANDING = ["digest", "frozen", "state", "validity", "decisions"] as const;
/** Those of the worksheet's header. */
const HEADER = ["standardVersion", "requirementNumber", "requirementTitle", "entityName", "engagementName"] as const;
/** Those that belong to a section. */
const IN_SECTIONS = ["constraintType", "objectiveRef", ...SECTION_KEYS.map(narrativeField)];

function worksheetOf(item: PoamItem, fields: Fields, parts: Parts): unknown {
  const [deviation, ...listed] = parts.risks(item);
  const entries = deviation?.["risk-log"]?.entries ?? [];
  const [definition, maintenance] = deviation?.remediations ?? [];
  const made = parts.observations(item).filter(({ methods }) => methods.includes("TEST"));
  const pending = definition?.tasks ?? [];
  const narrative = Object.fromEntries(SECTION_KEYS.map((key) => [key, fields[narrativeField(key)]]));
  const section = (key: (typeof SECTION_KEYS)[number], items: object) => ({ narrative: narrative[key], items });
  return {
    content: {
      ...without(fields, [...STANDING, ...HEADER, ...IN_SECTIONS]),
      header: only(fields, HEADER),
      sections: {
        constraints: section("constraints", {
          constraintType: fields.constraintType,
          scope: parts.inventory(item).map(scopeItem),
        }),
        definition: section("definition", { controls: (deviation?.["mitigating-factors"] ?? []).map(control) }),
        objective: section("objective", { objectiveRef: fields.objectiveRef }),
        identifiedRisk: section("identifiedRisk", { risks: listed.map(risk) }),
        validation: section("validation", { tests: inPlaces([...made, ...pending].map(test)) }),
        maintenance: section("maintenance", {
          tasks: (maintenance?.tasks ?? []).filter(({ type }) => type === "action").map(task),
          reviewDue: readFields(maintenance?.props).reviewDue,
          exitPlan: belowHead("Exit plan", maintenance?.remarks ?? ""),
        }),
      },
      evidence: parts.resources(item).map(evidence),
    },
    ...only(fields, STANDING),
    transitions: entries.flatMap(transition),
    signOffs: entries.flatMap(signOff),
  };
}

function only(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function scopeItem({ props, description }: InventoryItem): Fields {
  const fields = readFields(props);
  return { ...fields, detail: belowHead(text(fields.name), description) };
}

function control({ props, description }: MitigatingFactor): Fields {
  const fields = readFields(props);
  const heading = controlHeading({ label: text(fields.label), title: text(fields.title) });
  return { ...fields, description: belowHead(heading, description) };
}

function risk({ props, description, statement }: Risk): Fields {
  const fields = readFields(props);
  return {
    ...fields,
    threat: belowHead(text(fields.label), description),
    residual: belowHead("What is left", statement),
  };
}

function test({ props, description = "", remarks = "" }: Observation | Task): Fields {
  const fields = readFields(props);
  const heading = testHeading({ label: text(fields.label), tester: text(fields.tester) });
  return { ...fields, method: belowHead(heading, description), result: belowHead("Result", remarks) };
}

function inPlaces(tests: readonly Fields[]): Fields[] {
  return [...tests].sort((a, b) => Number(a.place) - Number(b.place)).map(({ place: _, ...rest }) => rest);
}

function task({ props, description = "" }: Task): Fields {
  const fields = readFields(props);
  return { ...fields, task: belowHead(text(fields.label), description) };
}

function evidence({ props, description = "" }: Resource): Fields {
  const fields = readFields(props);
  return { ...fields, shows: belowHead(text(fields.title), description) };
}

function transition({ props, description }: RiskLogEntry): Fields[] {
  const fields = readFields(props);
  return "move" in fields ? [{ ...fields, reason: reasonBelow(fields.move, description) }] : [];
}

function signOff({ props, description }: RiskLogEntry): Fields[] {
  const fields = readFields(props);
  return "kind" in fields ? [{ ...fields, reason: reasonBelow(fields.kind, description) }] : [];
}

function reasonBelow(name: unknown, description = ""): string {
  return belowHead(text(name).replaceAll("_", " "), description);
}
