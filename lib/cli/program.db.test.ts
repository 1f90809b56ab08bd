import { execFile } from "node:child_process";
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "@/lib/cli/program";
import type { WorksheetDto } from "@/lib/contracts/worksheet";
import { narrativeText } from "@/lib/domain/worksheet/narrative-text";
import { makeToken } from "@/lib/services/account/own-tokens";
import { getWorksheet } from "@/lib/services/worksheet/get-worksheet";
import { saveSection } from "@/lib/services/worksheet/save-section";
import { type HandlerServer, startHandlerServer } from "@/test/cli-server";
import { type Person as AtTerminal, atTerminal } from "@/test/cli-terminal";
import { makeEngagement, openSheet } from "@/test/engagement";
import { doc, para } from "@/test/fixtures/narrative";
import { serve } from "@/test/requests";
import { World } from "@/test/world";

let world: World;
let server: HandlerServer;
let engagementId = "";
let home = "";
let sheetId = "";
let file = "";
const NUMBERS = [
  "8.3.4",
  "8.3.5",
  "8.3.6",
  "8.3.7",
  "8.3.8",
  "8.3.9",
  "8.3.10",
  "8.4.1",
  "8.4.2",
  "8.4.3",
  "8.5.1",
  "8.6.1",
  "8.6.2",
  "8.6.3",
  "12.1.1",
  "12.1.2",
  "12.1.3",
];

beforeAll(async () => {
  world = await World.make();
  serve(world.database, () => world.now);
  server = await startHandlerServer();
  engagementId = await makeEngagement(world);
  home = await mkdtemp(join(tmpdir(), "cli-home-"));
  const input = { name: "CLI", scope: "write", engagementIds: null, days: 30 } as const;
  const { token } = await makeToken(await world.steppedUp("contributor"), input);
  expect(await cli(["login", server.url, "--token-stdin"], { typed: `${token}\n` })).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await server.close();
  await world.close();
  await rm(home, { recursive: true });
});
beforeEach(async () => {
  const number = NUMBERS.shift() ?? "";
  sheetId = await openSheet(world, engagementId, number);
  const folder = join(home, number);
  file = join(folder, `${number}.md`);
  expect(await cli(["pull", sheetId, "--folder", folder])).toMatchObject({ code: 0 });
  server.changes.length = 0;
});

const cli = (words: readonly string[], more: Partial<AtTerminal> = {}) =>
  atTerminal((terminal) => runCli(words, terminal), { env: { XDG_CONFIG_HOME: home }, ...more });
const read = () => readFile(file, "utf8");
const change = async (from: string, to: string) => {
  const text = await read();
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
};
const write = (section: string, words: string) => change(`## ${section}\n`, `## ${section}\n\n${words}\n`);
const stored = async (): Promise<NonNullable<WorksheetDto["sections"]>> => {
  const { sections } = await getWorksheet(await world.as("contributor"), sheetId);
  if (!sections) throw new Error("The draft is not to be seen.");
  return sections;
};
const objective = async () => narrativeText((await stored()).objective?.content.narrative ?? doc());
/** A colleague saves the objective on the page. */
const colleague = async (words: string, objectiveRef = "") => {
  const baseVersion = (await stored()).objective?.version ?? 0;
  const content = { narrative: words ? doc(para(words)) : doc(), items: { objectiveRef } };
  await saveSection(await world.as("contributor"), sheetId, "objective", { baseVersion, content });
};

describe("a token", () => {
  it("is kept for its owner alone, tried before, and forgotten", async () => {
    const kept = join(home, "countervail", "servers.json");
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect((await cli(["whoami"])).out).toContain(server.url);
    const wrong = await cli(["login", server.url, "--token-stdin"], { typed: `cvt_${"0".repeat(49)}` });
    expect(wrong.code).toBe(3);
    const other = { XDG_CONFIG_HOME: join(home, "other") };
    expect(await cli(["list"], { env: other })).toMatchObject({
      code: 3,
      notes: expect.stringContaining("Sign in first"),
    });
    expect(await cli(["logout", "https://elsewhere.example"])).toMatchObject({ out: "There is no token to forget." });
  });

  it("of the environment goes to the server of the environment alone", async () => {
    const env = {
      XDG_CONFIG_HOME: join(home, "other"),
      COUNTERVAIL_URL: "https://b.example",
      COUNTERVAIL_TOKEN: "cvt_x",
    };
    expect(await cli(["status", file], { env })).toMatchObject({ code: 3, notes: expect.stringContaining(server.url) });
  });
});

describe("push", () => {
  it("sends changed sections alone, and the file is on their new versions", async () => {
    await write("Objective", "What we **want**.");
    expect((await cli(["status", file])).out).toMatch(/Objective +changed here/);
    expect((await cli(["diff", file])).out).toContain("+What we **want**.");
    expect(await cli(["push", file])).toMatchObject({ code: 0, out: `${file}  sent: Objective` });
    expect(server.changes).toEqual([`PUT /api/v1/worksheets/${sheetId}/sections/objective`]);
    expect(await objective()).toBe("What we want.");
    expect((await cli(["push", file])).out).toContain("nothing to send");
    await change("What we **want**.", "What we *need*.");
    expect(await cli(["push", file])).toMatchObject({ code: 0 });
    expect(await objective()).toBe("What we need.");
  });

  it("sends nothing of any file while one has a mistake, and names the line", async () => {
    await write("Objective", "Fine.");
    await write("Maintenance", "<b>Not fine.</b>");
    const { code, notes } = await cli(["push", file]);
    expect([code, server.changes]).toEqual([1, []]);
    const line = (await read()).split("\n").findIndex((one) => one.startsWith("<b>")) + 1;
    expect(notes).toContain(`${file}:${line}: Texts have no HTML.`);
  });

  it("asks about card numbers before anything is sent", async () => {
    await write("Objective", "Seen: 4111 1111 1111 1111.");
    expect(await cli(["push", file])).toMatchObject({ code: 1, notes: expect.stringContaining("ends in 1111") });
    expect(server.changes).toEqual([]);
    expect(await cli(["push", file, "--no-card-numbers"])).toMatchObject({ code: 0 });
  });

  it("writes the ids of new entries into the file", async () => {
    await change("controls: []", "controls:\n  - title: A lock\n  - title: An alarm");
    expect(await cli(["push", file])).toMatchObject({ code: 0 });
    const { controls } = (await stored()).definition?.content.items ?? { controls: [] };
    expect(controls.map(({ label, title }) => [label, title])).toEqual([
      ["C1", "A lock"],
      ["C2", "An alarm"],
    ]);
    expect(await read()).toContain(controls[1]?.id);
    expect((await cli(["push", file])).out).toContain("nothing to send");
  });

  it("shows both texts of a conflict, sends the rest, refuses marks, and takes what the person chose", async () => {
    await write("Objective", "Mine.");
    await write("Maintenance", "Every quarter.");
    const before = await read();
    await colleague("Theirs.");
    const { code, notes } = await cli(["push", file, "--merge"]);
    expect(code).toBe(1);
    expect(notes).toContain("conflict in “Objective”");
    expect(narrativeText((await stored()).maintenance?.content.narrative ?? doc())).toBe("Every quarter.");
    expect(await objective()).toBe("Theirs.");
    const marked = await read();
    expect(marked).toMatch(
      /<<<<<<< yours.*\nMine\.\n=======\nTheirs\.\n>>>>>>> the server's version 1, saved by .+ on /,
    );
    expect(await readFile(`${file}.orig`, "utf8")).toBe(before);
    expect(await cli(["push", file])).toMatchObject({ code: 1, notes: expect.stringContaining("still marked") });
    await writeFile(
      file,
      marked.replace(/<<<<<<<[^\n]*\nMine\.\n=======\nTheirs\.\n>>>>>>>[^\n]*/, "Mine and theirs."),
    );
    expect(await cli(["push", file])).toMatchObject({ code: 0 });
    expect(await objective()).toBe("Mine and theirs.");
  });

  it("keeps back what names a control in conflict, until the person has chosen", async () => {
    await change("controls: []", "controls:\n  - title: A lock");
    expect(await cli(["push", file])).toMatchObject({ code: 0 });
    const definition = async () => (await stored()).definition;
    const { content, version } = (await definition()) ?? {};
    const controls = (content?.items.controls ?? []).map((one) => ({ ...one, title: "A better lock" }));
    if (!content || version === undefined) throw new Error("There is no definition.");
    const theirs = { baseVersion: version, content: { ...content, items: { controls } } };
    await saveSection(await world.as("contributor"), sheetId, "definition", theirs);
    await change("title: A lock", "title: Another lock");
    await change("tests: []", "tests:\n  - method: Tried it\n    controlIds: [C1]");
    await write("Objective", "Mine.");
    server.changes.length = 0;
    const { code, notes } = await cli(["push", file, "--no-merge"]);
    expect([code, await objective()]).toEqual([1, "Mine."]);
    expect(notes).toContain("names what is in conflict");
    expect(server.changes).toEqual([`PUT /api/v1/worksheets/${sheetId}/sections/objective`]);
    expect((await stored()).validation?.content.items.tests).toEqual([]);
    await writeFile(file, (await read()).replace(/<<<<<<<[^\n]*\n([\s\S]*?)=======\n[\s\S]*?>>>>>>>[^\n]*/, "$1"));
    const again = await cli(["push", file]);
    expect(again, again.notes).toMatchObject({ code: 0, out: expect.stringContaining("sent: Validation") });
    const [test] = (await stored()).validation?.content.items.tests ?? [];
    expect(test?.controlIds).toEqual((await definition())?.content.items.controls.map(({ id }) => id));
  });

  it("writes through a link to a file, which stays one", async () => {
    const link = join(home, "linked.md");
    await symlink(file, link);
    await write("Objective", "By a link.");
    expect(await cli(["push", link])).toMatchObject({ code: 0 });
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await cli(["push", file])).out).toContain("nothing to send");
    await rm(link);
  });

  it("takes changes together that do not touch each other, when told to", async () => {
    await write("Objective", "Mine.");
    await colleague("", "Their reference");
    const no = await cli(["push", file, "--no-merge"]);
    expect([no.code, await objective()]).toEqual([1, ""]);
    // The copy from before still knows what it was written on.
    await writeFile(file, await readFile(`${file}.orig`, "utf8"));
    expect(await cli(["push", file, "--merge"])).toMatchObject({ code: 0 });
    expect([await objective(), (await stored()).objective?.content.items]).toEqual([
      "Mine.",
      { objectiveRef: "Their reference" },
    ]);
  });

  it("merges after asking", async () => {
    await write("Objective", "Mine.");
    await colleague("", "Their reference");
    expect(await cli(["push", file], { answers: [true] })).toMatchObject({ code: 0 });
    expect((await stored()).objective?.content).toEqual({
      narrative: doc(para("Mine.")),
      items: { objectiveRef: "Their reference" },
    });
    expect(await read()).toContain("objectiveRef: Their reference");
    expect(await cli(["push", file])).toMatchObject({ out: `${file}  nothing to send` });
  });

  it("meets somebody who saves at the same moment as it meets an earlier one", async () => {
    await write("Objective", "Mine.");
    server.before = () => colleague("Theirs.");
    expect(await cli(["push", file])).toMatchObject({ code: 1 });
    expect(await objective()).toBe("Theirs.");
    expect(await read()).toContain("\nMine.\n=======\nTheirs.\n");
  });

  it("says why a worksheet may not be written", async () => {
    await write("Objective", "Mine.");
    const input = { name: "Look", scope: "read", engagementIds: null, days: 30 } as const;
    const { token } = await makeToken(await world.steppedUp("reviewer"), input);
    const env = { XDG_CONFIG_HOME: home, COUNTERVAIL_URL: server.url, COUNTERVAIL_TOKEN: token };
    expect(await cli(["push", file], { env })).toMatchObject({
      code: 1,
      notes: expect.stringContaining("Nothing was sent."),
    });
    expect(server.changes).toEqual([]);
  });
});

describe("pull", () => {
  it("brings what is new and keeps what was written", async () => {
    await write("Maintenance", "Mine.");
    await colleague("Theirs.");
    expect(await cli(["pull", sheetId, "--folder", join(file, "..")])).toMatchObject({ code: 0 });
    const text = await read();
    expect([text.includes("\nMine.\n"), text.includes("\nTheirs.\n")]).toEqual([true, true]);
    expect(await cli(["push", file])).toMatchObject({ code: 0, out: `${file}  sent: Maintenance` });
  });

  it("by force takes the server's, and keeps what was there", async () => {
    await write("Objective", "Mine.");
    expect(await cli(["pull", sheetId, "--folder", join(file, ".."), "--force"])).toMatchObject({ code: 0 });
    expect(await read()).not.toContain("Mine.");
    expect(await readFile(`${file}.orig`, "utf8")).toContain("Mine.");
    expect((await readdir(join(file, ".."))).filter((one) => one.endsWith(".draft"))).toEqual([]);
  });
});

describe("the program at a shell", () => {
  /** As a person runs it, with an editor of theirs. */
  const shell = (words: readonly string[], EDITOR: string) =>
    new Promise<{ code: unknown; out: string; notes: string }>((done) => {
      const env = { PATH: process.env.PATH, XDG_CONFIG_HOME: home, EDITOR } as unknown as NodeJS.ProcessEnv;
      const program = join(import.meta.dirname, "..", "..", "bin", "countervail.mjs");
      execFile(process.execPath, [program, ...words], { env }, (error, out, notes) =>
        done({ code: error?.code ?? 0, out, notes }),
      );
    });

  it("opens the editor, pushes what it left, and leaves the file when the editor fails", async () => {
    const editor = `sed -i 's/^## Objective$/&\\n\\nFrom my *editor*./'`;
    const edited = await shell(["edit", file], editor);
    expect(edited, edited.notes).toMatchObject({ code: 0, out: `${file}  sent: Objective\n` });
    expect(await objective()).toBe("From my editor.");
    const failed = await shell(["edit", file], "exit 7 #");
    expect([failed.code, failed.notes]).toEqual([1, expect.stringContaining("The editor ended with 7.")]);
    expect((await shell(["push"], "false")).code).toBe(64);
  });
});
