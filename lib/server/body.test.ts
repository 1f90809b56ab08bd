import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Failure } from "@/lib/contracts/failure";
import type { ProblemCode } from "@/lib/contracts/problem";
import { parseQuery, readJson } from "./body";

const ADDRESS = "http://localhost:3000/api/v1/x";

function sent(body: BodyInit | null, type = "application/json"): Request {
  return new Request(ADDRESS, {
    method: "POST",
    body,
    headers: { "content-type": type },
    duplex: "half",
  } as RequestInit);
}

const stream = (...parts: readonly (string | Error)[]) =>
  new ReadableStream({
    pull(controller) {
      const [part] = (parts as (string | Error)[]).splice(0, 1);
      if (part === undefined) controller.close();
      else if (typeof part === "string") controller.enqueue(new TextEncoder().encode(part));
      else controller.error(part);
    },
  });

async function codeOf(work: () => unknown): Promise<ProblemCode | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

describe("a JSON body", () => {
  it("is read whole, in however many parts it comes", async () => {
    const { value } = await readJson(sent(stream('{"text":"Ł', 'ódź"', "}")), 100);
    expect(value).toEqual({ text: "Łódź" });
  });

  it("may be absent", async () => {
    expect((await readJson(sent(null), 100)).value).toBeUndefined();
  });

  it.each([
    ["no JSON", "{", "application/json", "malformed"],
    ["no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "application/json", "malformed"],
    ["a surrogate in UTF-8's form", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), "application/json", "malformed"],
    ["of another type", "{}", "text/plain", "unsupported_media_type"],
    ["of a type that only begins alike", "{}", "application/jsonp", "unsupported_media_type"],
    ["too large", `"${"x".repeat(100)}"`, "application/json", "too_large"],
  ] as const)("is refused when it is %s", async (_what, body, type, code) => {
    expect(await codeOf(() => readJson(sent(body, type), 100))).toBe(code);
  });

  it("is refused when it grows too large without having said so", async () => {
    expect(await codeOf(() => readJson(sent(stream("x".repeat(60), "x".repeat(60))), 100))).toBe("too_large");
  });

  it("is refused, as no defect of ours, when its sender leaves half-way", async () => {
    const left = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    expect(await codeOf(() => readJson(sent(stream('{"a":', left)), 100))).toBe("malformed");
  });
});

describe("a query", () => {
  const schema = z.object({ q: z.string().optional() });

  it("is read as it was meant", () => {
    expect(parseQuery(schema, new URL(`${ADDRESS}?q=%C5%81%C3%B3d%C5%BA+100%25`))).toEqual({ q: "Łódź 100%" });
  });

  it("is refused where it says something twice, of which one value would be passed over", async () => {
    for (const search of ["?q=1&q=2", "?q=1&q=1", "?x=1&x=2"]) {
      expect(await codeOf(() => parseQuery(schema, new URL(ADDRESS + search)))).toBe("malformed");
    }
  });

  it.each(["?q=%E0%A4%A", "?q=%ED%A0%80", "?%", "?q=%zz"])(
    "is refused as %s, which would be read as something else",
    async (search) => {
      expect(await codeOf(() => parseQuery(schema, new URL(ADDRESS + search)))).toBe("malformed");
    },
  );
});
