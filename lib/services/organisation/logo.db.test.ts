import { afterAll, beforeAll, expect, it } from "vitest";
import { readPng } from "@/lib/render/picture/png";
import { changeLogo, readOwnLogo, readOwnLogoFile } from "@/lib/services/organisation/logo";
import type { Scanner } from "@/lib/storage/scanner";
import { type BundleFolder, makeBundleFolder } from "@/test/bundle-folder";
import { CAMERA_JPEGS, CAMERA_WORDS } from "@/test/fixtures/jpeg-files";
import { pngFile } from "@/test/fixtures/png-file";
import { World } from "@/test/world";

let world: World;
let bundles: BundleFolder;
beforeAll(async () => {
  world = await World.make();
  bundles = await makeBundleFolder();
});
afterAll(async () => {
  await world.close();
  await bundles.remove();
});

const file = pngFile({ width: 12, height: 6 });
const wanted = { version: 0, alt: "Quayside: a crane", picture: file.toString("base64") };
const scanner = (state: "clean" | "infected" | "pending"): Scanner => ({
  scan: async () => ({ state, note: "Eicar" }),
});

it("is set by administrators alone, seen by everybody of the organisation, and taken away again", async () => {
  expect(await readOwnLogo(await world.as("contributor"))).toEqual({
    ...{ version: 0, logo: null, updatedBy: null, updatedAt: null },
  });
  await expect(changeLogo(await world.as("lead"), null, wanted)).rejects.toMatchObject({ code: "forbidden" });
  const admin = await world.steppedUp("admin");
  const left = await world.eventsOf(() => changeLogo(admin, scanner("clean"), wanted));
  expect(left).toMatchObject([
    {
      action: "logo.changed",
      by: "admin",
      changes: [{ table: "organisation_logo" }],
      detail: { version: 1, before: null },
    },
  ]);
  expect(await readOwnLogo(await world.as("contributor"))).toMatchObject({
    version: 1,
    logo: { type: "image/png", alt: "Quayside: a crane", width: 12, height: 6, size: expect.any(Number) },
  });
  const { logo } = await readOwnLogo(await world.as("lead"));
  const { bytes } = await readOwnLogoFile(await world.as("lead"));
  expect(logo?.size).toBe(bytes.length);
  expect(readPng(bytes, 100)).toEqual(readPng(file, 100));
  // Another company sees its own, which it has not.
  await expect(readOwnLogoFile(await world.as("qsa"))).rejects.toMatchObject({ code: "not_found" });

  await expect(changeLogo(await world.steppedUp("admin"), null, wanted)).rejects.toMatchObject({
    code: "stale",
    extras: { current: { version: 1 } },
  });
  const none = { version: 1, alt: null, picture: null };
  expect(await changeLogo(await world.steppedUp("admin"), null, none)).toMatchObject({ version: 2, logo: null });
  await expect(readOwnLogoFile(await world.as("lead"))).rejects.toMatchObject({ code: "not_found" });
});

it("is kept without what a camera puts beside it", async () => {
  const admin = await world.steppedUp("admin");
  const picture = CAMERA_JPEGS.baseline;
  const set = await changeLogo(admin, null, { version: 2, alt: "A crane", picture });
  expect(set.logo).toMatchObject({ type: "image/jpeg", width: 24, height: 18 });
  const { bytes } = await readOwnLogoFile(admin);
  for (const word of CAMERA_WORDS) {
    expect(Buffer.from(picture, "base64").includes(word), word).toBe(true);
    expect(bytes.includes(word), word).toBe(false);
  }
  await changeLogo(admin, null, { version: 3, alt: null, picture: null });
});

it("is refused with the reason when it is none, or the scanner objects", async () => {
  const admin = await world.steppedUp("admin");
  const send = (bytes: Buffer, by: Scanner | null = null) =>
    changeLogo(admin, by, { ...wanted, version: 4, picture: bytes.toString("base64") });
  const refused = (message: string) => ({ code: "invalid", extras: { errors: [{ path: "picture", message }] } });
  await expect(send(Buffer.from("<svg/>"))).rejects.toMatchObject(refused("A logo is a PNG or a JPEG."));
  await expect(send(file.subarray(0, 40))).rejects.toMatchObject(refused("The PNG ends before it is whole."));
  await expect(send(file, scanner("infected"))).rejects.toMatchObject(refused("The virus scanner objects: Eicar."));
  await expect(send(file, scanner("pending"))).rejects.toMatchObject({ code: "unavailable" });
  await expect(send(Buffer.alloc(524_289, 0x89))).rejects.toMatchObject(refused("The file has more than 512 kB."));
  expect(await readOwnLogo(admin)).toMatchObject({ version: 4, logo: null });
});
