import type { Prop } from "@/lib/domain/oscal/parts";
import { stableJson } from "@/lib/domain/oscal/stable-json";
import { NAMESPACE } from "@/lib/domain/oscal/vocabulary";

/** What OSCAL takes as the value of a prop: one line, without blanks at its ends. */
const LINE = /^\S(.*\S)?$/u;
const JSON_CLASS = "json";

/** A prop of ours. Whatever is no plain line, such as a list, a number or text of several lines, is written as JSON. */
export function prop(name: string, value: unknown): Prop {
  if (typeof value === "string" && LINE.test(value)) return { name, ns: NAMESPACE, value };
  return { name, ns: NAMESPACE, class: JSON_CLASS, value: oneLine(stableJson(value)) };
}

/** A prop that OSCAL itself gives a meaning. */
export function oscalProp(name: string, value: string): Prop {
  return { name, value };
}

/** A prop for each field of a record, in the order of their names; what is undefined is left out. */
export function fieldProps(record: object): Prop[] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => prop(kebab(key), value))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The record that {@link fieldProps} wrote; props of others are passed over. */
export function readFields(props: readonly Prop[] = []): Record<string, unknown> {
  return Object.fromEntries(props.filter(({ ns }) => ns === NAMESPACE).map((one) => [camel(one.name), readValue(one)]));
}

/** The value of a prop of ours, as it was before it was written. A value that is no JSON, although it says so, is the text itself. */
function readValue(one: Prop): unknown {
  if (one.class !== JSON_CLASS) return one.value;
  try {
    return JSON.parse(one.value);
  } catch {
    return one.value;
  }
}

/** JSON keeps line feeds escaped, but not the two other characters at which a line ends. */
function oneLine(json: string): string {
  return json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function camel(name: string): string {
  return name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}
