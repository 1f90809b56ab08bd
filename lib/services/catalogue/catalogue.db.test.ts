import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getArticleRows } from "@/app/api/v1/catalogue/article-rows/route";
import { GET as getClaims } from "@/app/api/v1/catalogue/claims/route";
import { GET as getFinalChecks } from "@/app/api/v1/catalogue/final-checks/route";
import { GET as getKeyOptions } from "@/app/api/v1/catalogue/key-options/route";
import { GET as getMappings } from "@/app/api/v1/catalogue/mappings/route";
import { GET as getRequirements } from "@/app/api/v1/catalogue/requirements/route";
import type { ServiceContext } from "@/lib/auth/context";
import { NO_SECRETS } from "@/lib/auth/secret-box";
import type { ArticleRowDto, CatalogueList, MappingDto, RequirementSummaryDto } from "@/lib/contracts/catalogue";
import { Failure } from "@/lib/contracts/failure";
import { type Database, openDatabase } from "@/lib/db/database";
import type { Weighed } from "@/lib/domain/catalogue/status";
import { NO_MAIL } from "@/lib/mail/mailer";
import { listClaims } from "@/lib/services/catalogue/list-parts";
import { listRequirements } from "@/lib/services/catalogue/list-requirements";
import { readRequirement } from "@/lib/services/catalogue/read-requirement";
import { NO_SIGNER } from "@/lib/signing/client";
import { loadCatalogue } from "@/prisma/seed/catalogue";
import { makeTestDatabase, type TestDatabase } from "@/test/database";
import { browser, serve } from "@/test/requests";

const clock = () => new Date("2026-11-24T09:00:00Z");
let server: TestDatabase;
let database: Database;
let context: ServiceContext;

beforeAll(async () => {
  server = await makeTestDatabase();
  database = openDatabase(server.appUrl);
  context = {
    database,
    clock,
    secrets: NO_SECRETS,
    mail: NO_MAIL,
    signer: NO_SIGNER,
    requestId: "test",
    url: "",
    address: "unknown",
    actor: null,
  };
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

  it("has the counts that were promised, each item with a status, a day, and sources or the mark definition", async () => {
    serve(database, clock);
    const anybody = browser(null);
    const list = async <T>(handler: typeof getClaims, query = {}): Promise<CatalogueList<T>> => {
      const reply = await anybody(handler, { query });
      expect(reply.status).toBe(200);
      return (await reply.json()) as CatalogueList<T>;
    };
    const today = await list<RequirementSummaryDto>(getRequirements, { version: "4.0.1" });
    const old = await list<RequirementSummaryDto>(getRequirements, { version: "3.2.1" });
    const rows = await list<ArticleRowDto>(getArticleRows);
    const weighed = [
      await list<Weighed>(getClaims),
      await list<Weighed>(getKeyOptions),
      await list<Weighed>(getFinalChecks),
    ];
    const mappings = await list<MappingDto>(getMappings);
    const lists = [today, old, mappings, rows, ...weighed];
    expect(lists.map(({ total }) => total)).toEqual([366, 298, 262, 21, 39, 10, 7]);
    for (const { total, items } of lists) expect(items).toHaveLength(total);
    expect(new Set(today.items.map(({ number }) => number)).size).toBe(366);

    const provenances = [
      ...[...today.items, ...old.items, ...mappings.items].map((one) => ({ ...one, says: one.status })),
      ...old.items.flatMap((one) => one.articleRows).map((one) => ({ ...one, says: one.statusToday })),
      ...[...rows.items, ...weighed.flatMap(({ items }) => items)].map((one) => ({ ...one, says: one.statusToday })),
    ];
    for (const item of provenances) {
      expect(item.says).toBeTruthy();
      expect(item.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(item.definition || item.sources.length > 0).toBe(true);
    }
    const numbers = new Set(today.items.map(({ number }) => number));
    for (const { id, v4Numbers } of rows.items) {
      expect(v4Numbers.length, id).toBeGreaterThan(0);
      expect(
        v4Numbers.filter((number) => !numbers.has(number)),
        id,
      ).toEqual([]);
    }
  });

  it("refuses a version that there is none of, as a request that cannot be read", async () => {
    const reply = await browser(null)(getRequirements, { query: { version: "5.0" } });
    expect([reply.status, await reply.json()]).toMatchObject([400, { errors: [{ path: "version" }] }]);
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

  it("sends on from the numbers that the article got wrong", async () => {
    const old = (await listRequirements(context, { version: "3.2.1" })).items;
    const slips = old.flatMap(({ number, numberingSlips }) => numberingSlips.map((slip) => [number, slip.number]));
    expect(slips).toEqual([
      ["3.5.1", "3.5.2"],
      ["3.5.2", "3.5.4"],
    ]);
    const detail = await readRequirement(context, { version: "3.2.1", number: "3.5.1" });
    expect(detail.numberingSlips).toMatchObject([{ row: "3.5.1", note: expect.stringContaining("Numbering slip") }]);
    expect(Object.keys(detail.titles["3.2.1"])).toContain("3.5.2");
    const now = (await listRequirements(context, { version: "4.0.1" })).items;
    expect(now.flatMap(({ numberingSlips }) => numberingSlips)).toEqual([]);
  });

  it("answers an unknown number as not found", async () => {
    await expect(readRequirement(context, { version: "3.2.1", number: "3.6.1.2" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
