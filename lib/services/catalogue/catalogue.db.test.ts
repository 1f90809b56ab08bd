import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServiceContext } from "@/lib/auth/context";
import { Failure } from "@/lib/contracts/failure";
import { type Database, openDatabase } from "@/lib/db/database";
import {
  listArticleRows,
  listClaims,
  listFinalChecks,
  listKeyOptions,
  listMappings,
} from "@/lib/services/catalogue/list-parts";
import { listRequirements } from "@/lib/services/catalogue/list-requirements";
import { readRequirement } from "@/lib/services/catalogue/read-requirement";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { makeTestDatabase, type TestDatabase } from "@/test/database";

const clock = () => new Date("2026-11-24T09:00:00Z");
let server: TestDatabase;
let database: Database;
let context: ServiceContext;

beforeAll(async () => {
  server = await makeTestDatabase();
  database = openDatabase(server.appUrl);
  context = { database, clock, requestId: "test", actor: null };
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

describe("the public catalogue", () => {
  it("says that it is not loaded yet, and then reads", async () => {
    await expect(listClaims(context)).rejects.toThrow(Failure);
    await loadCatalogue(server.ownerUrl, clock);
    expect((await listClaims(context)).catalogueVersion).toBe("2026-11-24");
  });

  it("has the counts that were promised", async () => {
    expect((await listRequirements(context, { version: "4.0.1" })).total).toBe(366);
    expect((await listRequirements(context, { version: "3.2.1" })).total).toBe(298);
    expect((await listMappings(context)).total).toBe(262);
    expect((await listArticleRows(context)).total).toBe(21);
    expect((await listClaims(context)).total).toBe(39);
    expect((await listKeyOptions(context)).total).toBe(10);
    expect((await listFinalChecks(context)).total).toBe(7);
  });

  it("gives every item a status, a day, and sources or the mark definition", async () => {
    const lists = [
      (await listRequirements(context, { version: "4.0.1" })).items.map((one) => ({ ...one, says: one.status })),
      (await listRequirements(context, { version: "3.2.1" })).items
        .flatMap((one) => one.articleRows)
        .map((one) => ({ ...one, says: one.statusToday })),
      (await listMappings(context)).items.map((one) => ({ ...one, says: one.status })),
      (await listArticleRows(context)).items.map((one) => ({ ...one, says: one.statusToday })),
      (await listClaims(context)).items.map((one) => ({ ...one, says: one.statusToday })),
      (await listKeyOptions(context)).items.map((one) => ({ ...one, says: one.statusToday })),
      (await listFinalChecks(context)).items.map((one) => ({ ...one, says: one.statusToday })),
    ];
    for (const item of lists.flat()) {
      expect(item.says).toBeTruthy();
      expect(item.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(item.definition || item.sources.length > 0).toBe(true);
    }
  });

  it("holds the 21 rows under the real numbers of 3.2.1, and each of them in 4.0.1", async () => {
    const old = (await listRequirements(context, { version: "3.2.1" })).items.flatMap(({ articleRows }) => articleRows);
    expect(old).toHaveLength(21);
    const now = (await listRequirements(context, { version: "4.0.1" })).items.flatMap(({ articleRows }) => articleRows);
    expect(new Set(now.map(({ id }) => id)).size).toBe(21);
  });

  it("reads one requirement with all around it", async () => {
    const detail = await readRequirement(context, { version: "4.0.1", number: "3.6.1.2" });
    expect(detail.ancestors.map(({ number }) => number)).toEqual(["3", "3.6", "3.6.1"]);
    expect(detail.articleRows.map(({ id }) => id)).toEqual(["3.5.3", "3.5", "3.5.2"]);
    expect(Object.keys(detail.titles["3.2.1"])).toEqual(["3.5", "3.5.3", "3.5.4"]);
    expect(detail.worksheet).toEqual({ kind: "ok", warning: null });
    expect(detail.claims.map(({ id }) => id)).toContain("C07");
    const row = detail.articleRows.find(({ id }) => id === "3.5");
    expect(row?.triggeredBy.find(({ option }) => option === "cmk-aws-material")?.article[1]).toMatchObject({
      always: true,
    });
    expect(await readRequirement(context, { version: "4.0.1", number: "10.3" })).toMatchObject({
      worksheet: { kind: "grouping" },
    });
    expect(await readRequirement(context, { version: "4.0.1", number: "3.3.1" })).toMatchObject({
      worksheet: { kind: "refused" },
    });
  });

  it("answers an unknown number as not found", async () => {
    await expect(readRequirement(context, { version: "3.2.1", number: "3.6.1.2" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
