import { randomBytes } from "node:crypto";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { OrderedOutput } from "@/lib/render/pdf/ordered-output";

/** A page that hardly gets smaller. */
const LONG = randomBytes(80_000);

test("bytes come in the order of the calls, and offsets are right although lengths were not known", async () => {
  const chunks: Uint8Array[] = [];
  const output = new OrderedOutput((chunk) => {
    chunks.push(chunk);
  });
  const counted: number[] = [];
  for (let index = 0; index < 60; index += 1) {
    counted.push(output.offset);
    if (index % 3 === 0) output.stream(index, LONG.subarray(0, index * 700), "/Mine true");
    else output.text(`${index} 0 obj\n${"x".repeat(index * 40)}\nendobj\n`);
  }
  await output.finish();
  output.close();
  const bytes = Buffer.concat(chunks).toString("latin1");
  for (const [index, offset] of output.realOffsets(counted).entries()) {
    expect(bytes.slice(offset).startsWith(`${index} 0 obj\n`), `object ${index}`).toBe(true);
  }
  const at = bytes.indexOf("stream\n", output.realOffsets([counted[9] ?? 0])[0]) + "stream\n".length;
  const length = Number(/\/Length (\d+)/.exec(bytes.slice(bytes.indexOf("9 0 obj")))?.[1]);
  expect(inflateSync(Buffer.from(bytes.slice(at, at + length), "latin1"))).toHaveLength(9 * 700);
});

test("whoever writes much waits until the reader has taken it", async () => {
  let take: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => {
    take = resolve;
  });
  let asked = 0;
  const output = new OrderedOutput(() => {
    asked += 1;
    return taken;
  });
  for (let index = 0; index < 100; index += 1) output.stream(index, LONG);
  let through = false;
  const drained = output.drain().then(() => {
    through = true;
  });
  // Long enough for everything to be compressed, were it not for the reader.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect([through, asked <= 1]).toEqual([false, true]);
  take();
  await drained;
  await output.finish();
  output.close();
  expect(asked).toBeGreaterThan(20);
});

test("a reader that fails is told to whoever writes, and asked nothing more", async () => {
  let asked = 0;
  const output = new OrderedOutput(() => {
    asked += 1;
    return Promise.reject(new Error("the disk is full"));
  });
  for (let index = 0; index < 100; index += 1) output.stream(index, LONG);
  await expect(output.drain()).rejects.toThrow("the disk is full");
  for (let index = 0; index < 100; index += 1) output.stream(index, LONG);
  await expect(output.drain()).rejects.toThrow("the disk is full");
  await expect(output.finish()).rejects.toThrow("the disk is full");
  expect(asked).toBe(1);
});
