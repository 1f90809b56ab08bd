import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { readFontFiles } from "@/lib/render/pdf/font-files";
import { renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { NO_SIGNER } from "@/lib/signing/client";
import { worksheetModel } from "@/test/fixtures/worksheet-model";
import { inspectSeal, withPdf } from "@/test/pdf-tools";
import { makeTestSealKey } from "@/test/seal-key";
import { sealedPdf } from "@/test/sealed-pdf";
import { startTimeStampPeer, type TimeStampPeer } from "@/test/time-stamp-peer";
import { runTool, toolAvailable } from "@/test/tools";

const lacks = ["pdfsig", "qpdf", "openssl"].filter((name) => !toolAvailable(name));
const withTools = it.skipIf(lacks.length > 0);
const { signer, certificate } = makeTestSealKey();
const fonts = readFontFiles();
const AT = "2026-11-26T10:00:00.000Z";
const rendered = async (room: number, title = "Lock a user") => {
  const model = worksheetModel("4.0.1", true);
  const header = { ...model.header, requirementTitle: title, entityName: title };
  const settings = { now: new Date("2026-09-22T08:00:00.000Z"), fonts, paper: "A4" } as const;
  return renderWorksheet({ ...model, header }, { ...settings, seal: { room, at: AT } });
};

let folder = "";
let authority: TimeStampPeer | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "countervail-seal-"));
  writeFileSync(join(folder, "certificate.pem"), certificate);
  if (lacks.length === 0) authority = await startTimeStampPeer();
});
afterAll(async () => {
  await authority?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  if (authority) authority.manner = "right";
});

/** Asks openssl about the seal of a PDF, with its certificate trusted. @returns the seal, for a closer look */
function verifiedByOpenssl(pdf: Buffer): string {
  const [, begin = 0, end = 0] = rangeOf(pdf);
  const [content, seal] = [join(folder, "content"), join(folder, "seal.der")];
  writeFileSync(content, Buffer.concat([pdf.subarray(0, begin), pdf.subarray(end)]));
  writeFileSync(seal, Buffer.from(pdf.subarray(begin + 1, end - 1).toString("latin1"), "hex"));
  const trusted = ["-CAfile", join(folder, "certificate.pem"), "-out", join(folder, "verified")];
  runTool("openssl", [
    "cms",
    "-verify",
    "-cades",
    "-binary",
    "-inform",
    "DER",
    "-in",
    seal,
    "-content",
    content,
    ...trusted,
  ]);
  return seal;
}

function rangeOf(pdf: Buffer): number[] {
  const found = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString("latin1"));
  return (found ?? []).slice(1, 4).map(Number);
}

withTools(
  "a sealed PDF is valid to poppler and openssl as a whole, clean to qpdf, and the same each time",
  async () => {
    const pdf = await rendered(4_096);
    const sealed = await sealedPdf({ signer }, pdf, undefined);
    expect(inspectSeal(sealed)).toEqual({
      valid: true,
      whole: true,
      signer: "Countervail service 0f8fad5b-d9cb-469f-a165-70867728950e",
    });
    withPdf(sealed, (file) =>
      expect(runTool("qpdf", ["--check", file])).toContain("No syntax or stream encoding errors"),
    );
    const seal = verifiedByOpenssl(sealed);
    const printed = runTool("openssl", ["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", seal]);
    expect(printed).toContain("id-smime-aa-signingCertificateV2");
    expect(printed).not.toMatch(/signingTime/);
    expect((await sealedPdf({ signer }, await rendered(4_096), undefined)).equals(sealed)).toBe(true);
    expect(inspectSeal(pdf).valid).toBe(false);
  },
);

withTools("a changed byte anywhere under the seal makes it invalid", async () => {
  const sealed = await sealedPdf({ signer }, await rendered(4_096), undefined);
  const [, begin = 0, end = 0] = rangeOf(sealed);
  const even = (from: number, to: number) =>
    Array.from({ length: 12 }, (_, at) => from + Math.floor((at * (to - from)) / 11));
  const places = [...even(0, begin - 1), ...even(end, sealed.length - 1)];
  const passed = places.filter((at) => inspectSeal(sealed.with(at, (sealed[at] ?? 0) ^ 1)).valid);
  expect(passed).toEqual([]);
});

withTools("text that looks like an empty seal is not taken for it", async () => {
  const text = "\n/Type /Sig\n/Filter /Adobe.PPKLite\n/ByteRange [0 9999999999 9999999999 9999999999]\n/Contents <00";
  expect(inspectSeal(await sealedPdf({ signer }, await rendered(4_096, text), undefined))).toMatchObject({
    valid: true,
    whole: true,
  });
});

withTools("an authority's time stamp goes into the seal, and openssl finds it there", async () => {
  const sealed = await sealedPdf({ signer }, await rendered(16_384), authority?.url);
  expect(inspectSeal(sealed)).toMatchObject({ valid: true, whole: true });
  const seal = verifiedByOpenssl(sealed);
  const printed = runTool("openssl", ["cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", seal]);
  expect(printed).toContain("id-smime-aa-timeStampToken");
  const [token, signature] = [join(folder, "token.der"), join(folder, "signature")];
  const tree = runTool("openssl", ["asn1parse", "-inform", "DER", "-in", seal]);
  const lines = tree.split("\n");
  // The token is the content of the attribute; the signature stands before the unsigned attributes.
  const stamp = lines.findIndex((line) => line.includes("id-smime-aa-timeStampToken"));
  const at = Number(/^\s*(\d+):/.exec(lines[stamp + 2] ?? "")?.[1]);
  runTool("openssl", ["asn1parse", "-inform", "DER", "-in", seal, "-strparse", String(at), "-noout", "-out", token]);
  const signed = lines.slice(0, stamp).findLast((line) => line.includes("OCTET STRING"));
  const hex = /HEX DUMP\]:([0-9A-F]+)/.exec(signed ?? "")?.[1] ?? "";
  writeFileSync(signature, Buffer.from(hex, "hex"));
  const root = authority?.rootFile ?? "";
  const verified = spawnSync(
    "openssl",
    ["ts", "-verify", "-in", token, "-token_in", "-data", signature, "-CAfile", root],
    { encoding: "utf8" },
  );
  expect(verified.stdout + verified.stderr).toContain("Verification: OK");
});

withTools("without its time stamp nothing is handed out", async () => {
  const url = authority?.url;
  await sealedPdf({ signer }, await rendered(16_384), url);
  for (const manner of ["other", "replayed", "changed", "refusing", "broken"] as const) {
    if (authority) authority.manner = manner;
    const failed = sealedPdf({ signer }, await rendered(16_384, manner), url);
    await expect(failed, manner).rejects.toMatchObject({ code: "unavailable", message: /time stamp authority/ });
  }
  const nobody = sealedPdf({ signer }, await rendered(16_384), "http://127.0.0.1:9/stamp");
  await expect(nobody).rejects.toMatchObject({ code: "unavailable" });
  if (authority) authority.manner = "right";
  await expect(sealedPdf({ signer }, await rendered(2_048), url)).rejects.toMatchObject({
    code: "unavailable",
    message: /operator/,
  });
});

const flipLast = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1);

it("without its seal nothing is handed out", async () => {
  await expect(sealedPdf({ signer: NO_SIGNER }, await rendered(4_096), undefined)).rejects.toMatchObject({
    code: "unavailable",
  });
  const other = { ...signer, seal: () => signer.seal(new Uint8Array(32)) };
  await expect(sealedPdf({ signer: other }, await rendered(4_096), undefined)).rejects.toMatchObject({
    code: "unavailable",
  });
  // The signature stands last.
  const forged = { ...signer, seal: async (digest: Uint8Array) => flipLast(await signer.seal(digest)) };
  await expect(sealedPdf({ signer: forged }, await rendered(4_096), undefined)).rejects.toMatchObject({
    code: "unavailable",
  });
  const empty = { ...signer, seal: async () => new Uint8Array(0) };
  await expect(sealedPdf({ signer: empty }, await rendered(4_096), undefined)).rejects.toMatchObject({
    code: "unavailable",
  });
  const plain = { now: new Date(AT), fonts, paper: "A4" } as const;
  const unsealed = await renderWorksheet(worksheetModel("4.0.1"), plain);
  await expect(sealedPdf({ signer }, unsealed, undefined)).rejects.toThrow(/no place/);
});
