import { createHash } from "node:crypto";
import type { ServiceContext } from "@/lib/auth/context";
import { changeOrganisation, readOrganisation } from "@/lib/auth/organisation";
import { recordInOrganisation } from "@/lib/auth/record";
import { Failure, fieldProblem, notFound } from "@/lib/contracts/failure";
import { type ChangeLogoInput, type LogoDto, MOST_LOGO_BYTES } from "@/lib/contracts/logo";
import { findLogo, findLogoFacts, type LogoRow, saveLogo } from "@/lib/data/organisation-logos";
import { namesOf, personRef } from "@/lib/data/people";
import type { OrganisationTx } from "@/lib/db/kinds";
import type { LogoFile } from "@/lib/render/picture/logo-file";
import { makeLogoInWorker } from "@/lib/render/picture/make-in-worker";
import { pictureAlone } from "@/lib/render/picture/picture-alone";
import type { MadeFile } from "@/lib/services/export/export-worksheet";
import { type ThreadWords, threadFailure } from "@/lib/services/export/thread-failure";
import type { Scanner } from "@/lib/storage/scanner";

/** The logo of one's own organisation; everybody in it may see it. */
export function readOwnLogo(context: ServiceContext): Promise<LogoDto> {
  return readOrganisation(context, "organisation.read", dtoOf);
}

/** Its file: the picture alone, also of one that was stored before that was all that is kept. @throws Failure not_found without one */
export async function readOwnLogoFile(context: ServiceContext): Promise<MadeFile> {
  const { logo } = await readOrganisation(context, "organisation.read", (tx) => findLogo(tx, tx.organisationId));
  // Having none is no denial.
  if (!logo) throw notFound();
  const name = logo.type === "image/png" ? "logo.png" : "logo.jpg";
  return { name, type: logo.type, bytes: pictureAlone(Buffer.from(logo.picture)) };
}

/**
 * Sets or takes away the logo on the first page of what is printed of the organisation's worksheets. The file is looked
 * through as it will be when it is drawn, and by the virus scanner where there is one.
 * @throws Failure forbidden, step_up_required; invalid and file_refused with the reason; unavailable while the scanner is
 * away; stale with what is stored
 */
export async function changeLogo(
  context: ServiceContext,
  scanner: Scanner | null,
  { version, picture, alt }: ChangeLogoInput,
): Promise<LogoDto> {
  // The right comes before the work of looking through.
  await readOrganisation(context, "organisation.settings", async () => undefined);
  const logo =
    picture === null || alt === null ? null : await lookedThrough(Buffer.from(picture, "base64"), alt, scanner);
  return changeOrganisation(context, "organisation.settings", async (tx) => {
    const before = await findLogoFacts(tx, tx.organisationId);
    if (!(await saveLogo(tx, version, logo))) {
      throw new Failure("stale", "Somebody else changed the logo.", { current: await dtoOf(tx) });
    }
    recordInOrganisation(context, tx, {
      action: "logo.changed",
      detail: { version: version + 1, sha256: logo?.sha256 ?? null, before: before.logo?.sha256 ?? null },
      changes: [{ table: "organisation_logo", id: tx.organisationId }],
    });
    return dtoOf(tx);
  });
}

async function lookedThrough(file: Buffer, alt: string, scanner: Scanner | null): Promise<LogoRow> {
  if (file.length > MOST_LOGO_BYTES) throw fieldProblem("picture", "The file has more than 512 kB.");
  const { type, width, height, picture } = await kept(file);
  if (scanner) {
    const { state, note } = await scanner.scan(chunksOf(file));
    if (state === "infected") throw fieldProblem("picture", `The virus scanner objects: ${note}.`);
    if (state !== "clean") {
      throw new Failure("unavailable", "The virus scanner cannot be asked right now.", { retryAfter: 30 });
    }
  }
  const sha256 = createHash("sha256").update(picture).digest("hex");
  return { picture, type, alt: alt.trim(), width, height, sha256 };
}

/** What is kept of the file: the picture alone, so that nobody hands on where a photograph was taken. */
async function kept(file: Buffer): Promise<LogoFile> {
  const made = await makeLogoInWorker({ file, mostBytes: MOST_LOGO_BYTES });
  if (!made.ok) throw threadFailure(made.error, WORDS);
  if (made.value.kind === "refused") throw fieldProblem("picture", made.value.reason);
  return made.value.logo;
}

const WORDS: ThreadWords = {
  busy: "Other pictures are being looked through. Please try again in a moment.",
  late: (seconds) =>
    `The picture was not looked through within ${seconds} seconds. Please try again, or make it smaller.`,
  tooMuch: "The picture is too much to look through. Make it smaller.",
  givenUp: "The picture was given up.",
  program: "The worker of pictures",
  undone: "The picture could not be looked through",
};

async function* chunksOf(file: Buffer): AsyncGenerator<Buffer> {
  yield file;
}

async function dtoOf(tx: OrganisationTx): Promise<LogoDto> {
  const { logo, version, updatedById, updatedAt } = await findLogoFacts(tx, tx.organisationId);
  const updatedBy = updatedById === null ? null : personRef(await namesOf(tx, [updatedById]), updatedById);
  return {
    version,
    logo: logo && {
      ...{ type: logo.type, alt: logo.alt, width: logo.width, height: logo.height, sha256: logo.sha256 },
      size: logo.size,
    },
    updatedBy,
    updatedAt: updatedAt?.toISOString() ?? null,
  };
}
