import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeOscal } from "@/lib/render/oscal/engagement-oscal";
import { writeOscalInWorker } from "@/lib/render/oscal/write-in-worker";
import { Author } from "@/prove/oscal/author";
import { anyBook, anyWorksheet } from "@/prove/oscal/worksheet";
import { Random } from "@/prove/support/random";
import { buildWorker } from "@/scripts/build-worker";

// The thread prepares NIST's schema for itself, which takes its time when the machine is busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const author = new Author(new Random(11));
const book = anyBook(
  author,
  Array.from({ length: 30 }, () => anyWorksheet(author)),
);
let folder = "";
let path = "";

beforeAll(async () => {
  // Inside the project, because the bundle looks for its packages from where it lies.
  folder = mkdtempSync(join(import.meta.dirname, "..", "..", "..", "node_modules", ".oscal-worker-"));
  path = await buildWorker("oscal-worker.mjs", folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["poam", "ssp"] as const)("an engagement's %s comes from the thread as it is written here", async (model) => {
  const job = { model, book, name: "quayside" };
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  const made = await writeOscalInWorker(job, { path });
  clearInterval(timer);
  expect(made).toEqual({ ok: true, value: { file: writeOscal(job) } });
  // Whatever else the server has to do went on meanwhile.
  expect(turns).toBeGreaterThan(10);
});

test("what would not be valid is refused with the place, and not handed out", async () => {
  const wrong = { ...book, at: "not an instant" };
  const made = await writeOscalInWorker({ model: "ssp", book: wrong, name: "quayside" }, { path });
  expect(made).toEqual({ ok: true, value: { refused: expect.stringContaining("No valid OSCAL comes of this: at /") } });
});

test("what would not be valid is said by the requirement that it is about", async () => {
  const [first, ...others] = book.worksheets;
  if (!first) throw new Error("The book of the tests has changed.");
  const moved = first.transitions.map((one) => ({ ...one, at: "not an instant" }));
  expect(moved.length).toBeGreaterThan(0);
  const wrong = { ...book, worksheets: [{ ...first, transitions: moved }, ...others] };
  const made = await writeOscalInWorker({ model: "poam", book: wrong, name: "quayside" }, { path });
  const { requirementNumber } = first.content.header;
  expect(made).toEqual({
    ok: true,
    value: { refused: expect.stringMatching(new RegExp(`comes of this: in “[^”]*${requirementNumber}[^”]*”, at /`)) },
  });
});

test("a worksheet that cannot be written is named, with the reason", async () => {
  const [first, ...others] = book.worksheets;
  if (!first) throw new Error("The book of the tests has changed.");
  const spoilt = { ...first, transitions: null as unknown as typeof first.transitions };
  const wrong = { ...book, worksheets: [...others, spoilt] };
  const made = await writeOscalInWorker({ model: "poam", book: wrong, name: "quayside" }, { path });
  const { requirementNumber } = first.content.header;
  expect(made).toEqual({
    ok: true,
    value: {
      refused: expect.stringMatching(
        new RegExp(`^Worksheet ${requirementNumber}, “.+”, cannot be written as OSCAL: .`),
      ),
    },
  });
});

test("a bundle that is missing, and a person who gives up, are told apart", async () => {
  const job = { model: "ssp", book, name: "quayside" } as const;
  const absent = join(folder, "absent.mjs");
  expect(await writeOscalInWorker(job, { path: absent })).toEqual({
    ok: false,
    error: { kind: "not_built", path: absent },
  });
  const cancel = new AbortController();
  const given = writeOscalInWorker(job, { path, signal: cancel.signal });
  cancel.abort();
  expect(await given).toEqual({ ok: false, error: { kind: "cancelled" } });
});
