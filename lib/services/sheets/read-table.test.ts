import { describe, expect, it } from "vitest";
import { LARGEST_SHEET } from "@/lib/contracts/sheets";
import { readTable, receiveTable } from "@/lib/services/sheets/read-table";

function streamOf(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull: (controller) => {
      const chunk = left.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
}

describe("a table on its way in", () => {
  it("is taken whole up to the limit", async () => {
    const half = new Uint8Array(LARGEST_SHEET / 2).fill(65);
    expect(await receiveTable(streamOf(half, half), null)).toHaveLength(LARGEST_SHEET);
  });

  it("is refused when it is larger, whether it says so or not, and when it is empty", async () => {
    const tooLarge = { code: "too_large" };
    await expect(receiveTable(streamOf(), LARGEST_SHEET + 1)).rejects.toMatchObject(tooLarge);
    const chunk = new Uint8Array(LARGEST_SHEET).fill(65);
    await expect(receiveTable(streamOf(chunk, new Uint8Array(1)), null)).rejects.toMatchObject(tooLarge);
    for (const body of [null, streamOf()]) {
      await expect(receiveTable(body, null)).rejects.toMatchObject({ code: "invalid" });
    }
  });

  it("that breaks off is no defect of ours", async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
    await expect(receiveTable(broken, null)).rejects.toMatchObject({ code: "malformed" });
  });

  it("is known for what it is by its content, not by a name", async () => {
    expect((await readTable(Buffer.from("Row,Version\n"))).rows).toHaveLength(1);
    await expect(readTable(Buffer.from("PK\u0003\u0004..."))).rejects.toMatchObject({
      code: "invalid",
      extras: { errors: [{ path: "file" }] },
    });
  });
});
