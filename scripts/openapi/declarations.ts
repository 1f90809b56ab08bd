import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Module, parse, type TsInterfaceDeclaration, type TsType, type TsTypeAliasDeclaration } from "@swc/core";
import { ROOT } from "../support/run-program";

/** A type that a file of ours declares, and where. */
export interface Declared {
  readonly file: string;
  readonly node: TsInterfaceDeclaration | TsTypeAliasDeclaration;
}

interface SourceFile {
  readonly types: ReadonlyMap<string, Declared["node"]>;
  /** Local name → file and name there; packages are left out. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

const PAGING = "lib/contracts/paging.ts";
const files = new Map<string, Promise<SourceFile>>();

/** Finds what a name means in a file; null for a name from elsewhere than our own sources. */
export async function findDeclaration(file: string, name: string): Promise<Declared | null> {
  const { types, imports } = await read(file);
  const node = types.get(name);
  if (node) return { file, node };
  const from = imports.get(name);
  if (from) return findDeclaration(from.file, from.name);
  // Lists are written around a type that need not know of them.
  return file !== PAGING && (name === "Page" || name === "Collection") ? findDeclaration(PAGING, name) : null;
}

/** The value that a name stands for in a file, as it is at run time. */
export async function findValue(file: string, name: string): Promise<unknown> {
  const from = (await read(file)).imports.get(name);
  if (from) return findValue(from.file, from.name);
  const module = (await import(join(ROOT, file))) as Readonly<Record<string, unknown>>;
  if (!(name in module)) throw new Error(`${file} does not export ${name}, which a reply is described by.`);
  return module[name];
}

/** A type as it is written in an expression: `Collection<PersonDto>`. */
export async function parseType(text: string): Promise<TsType> {
  const module = await parse(`type T = ${text};`, { syntax: "typescript" });
  const [item] = module.body;
  if (item?.type !== "TsTypeAliasDeclaration") throw new Error(`This is no type: ${text}`);
  return item.typeAnnotation;
}

function read(file: string): Promise<SourceFile> {
  const known = files.get(file) ?? readSource(file);
  files.set(file, known);
  return known;
}

async function readSource(file: string): Promise<SourceFile> {
  const module = await parse(await readFile(join(ROOT, file), "utf8"), { syntax: "typescript" });
  return { types: typesIn(module), imports: importsIn(module, file) };
}

function typesIn(module: Module): Map<string, Declared["node"]> {
  const types = new Map<string, Declared["node"]>();
  for (const item of module.body) {
    const node = item.type === "ExportDeclaration" ? item.declaration : item;
    if (node.type === "TsInterfaceDeclaration" || node.type === "TsTypeAliasDeclaration")
      types.set(node.id.value, node);
  }
  return types;
}

function importsIn(module: Module, file: string): Map<string, { file: string; name: string }> {
  const imports = new Map<string, { file: string; name: string }>();
  for (const item of module.body) {
    const from = item.type === "ImportDeclaration" ? place(item.source.value, file) : null;
    if (item.type !== "ImportDeclaration" || from === null) continue;
    for (const specifier of item.specifiers) {
      if (specifier.type !== "ImportSpecifier") continue;
      imports.set(specifier.local.value, { file: from, name: specifier.imported?.value ?? specifier.local.value });
    }
  }
  return imports;
}

function place(source: string, file: string): string | null {
  if (source.startsWith("@/")) return `${source.slice(2)}.ts`;
  return source.startsWith(".") ? `${join(dirname(file), source)}.ts` : null;
}
