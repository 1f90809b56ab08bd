import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** How long a run over many files may take (milliseconds). */
const PATIENCE = 600_000;

/** What LibreOffice writes, by a name of ours. */
const FILTERS = {
  pdf: ["pdf", "pdf"],
  /** Text, UTF-8. */
  txt: ["txt:Text (encoded):UTF8", "txt"],
  /** Comma-separated values as they are in the cells: UTF-8, no cell as it is formatted but days. */
  csv: ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "csv"],
  /** The whole spreadsheet as one XML file, which tells formulas from values. */
  fods: ["fods", "fods"],
} as const;

/** Converts files in one run of LibreOffice, with a profile of its own. */
export class LibreOffice {
  private constructor(readonly folder: string) {}

  static async make(): Promise<LibreOffice> {
    return new LibreOffice(await mkdtemp(join(tmpdir(), "countervail-office-")));
  }

  /**
   * Has files read and written anew. @param read how a text file is to be read, as LibreOffice names it
   * @returns what was written, in the order given; null for a file that it could not read
   */
  async convert(
    files: readonly { readonly name: string; readonly bytes: Buffer }[],
    to: keyof typeof FILTERS,
    read?: string,
  ): Promise<readonly (Buffer | null)[]> {
    const batch = await mkdtemp(join(this.folder, "batch-"));
    const out = join(batch, "out");
    await mkdir(out);
    for (const { name, bytes } of files) await writeFile(join(batch, name), bytes);
    const [filter, extension] = FILTERS[to];
    const args = [
      `-env:UserInstallation=file://${join(this.folder, "profile")}`,
      "--headless",
      ...(read === undefined ? [] : [`--infilter=${read}`]),
      ...["--convert-to", filter, "--outdir", out],
      ...files.map(({ name }) => join(batch, name)),
    ];
    await run("soffice", args, { timeout: PATIENCE, maxBuffer: 64 * 1024 * 1024 });
    return Promise.all(
      files.map(({ name }) => readFile(join(out, name.replace(/\.[^.]+$/, `.${extension}`))).catch(() => null)),
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
