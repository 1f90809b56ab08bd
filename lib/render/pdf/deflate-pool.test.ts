import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DeflatePool } from "@/lib/render/pdf/deflate-pool";

test("contents come back whole, whatever was compressed before them, and the same ones always the same", async () => {
  const pool = new DeflatePool();
  const long = Buffer.from(Array.from({ length: 200_000 }, (_, index) => `word${(index * 7919) % 1000}`).join(" "));
  const [first, empty, again] = await Promise.all([long, Buffer.alloc(0), long].map((one) => pool.compress(one)));
  expect(inflateSync(first ?? "").equals(long)).toBe(true);
  expect(inflateSync(empty ?? "")).toHaveLength(0);
  expect(Buffer.from(first ?? "").equals(Buffer.from(again ?? ""))).toBe(true);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (contents) => {
      const packed = await Promise.all(contents.map((one) => pool.compress(one)));
      for (const [index, one] of packed.entries()) {
        expect(inflateSync(one).equals(Buffer.from(contents[index] ?? []))).toBe(true);
      }
    }),
  );
  pool.close();
});
