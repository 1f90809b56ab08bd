import { join } from "node:path";
import { readCatalogueFiles } from "@/prisma/seed/catalogue-files";
import { readCorpus } from "./rigour-corpus/read-corpus";
import { remarksOn, scoreCorpus, tableOf } from "./rigour-corpus/score";
import { Findings } from "./support/findings";
import type { Proof } from "./support/proof";

const OWN = join(import.meta.dirname, "rigour-corpus", "worksheets");
/** The least share of labelled defects that the rules find. */
const LEAST_FOUND = 0.95;
/** The largest share of sections of good worksheets that an error may point at. */
const MOST_FLAGGED = 0.03;
/** So many worksheets of each quality our own corpus has at the least. */
const FEWEST = 30;

/**
 * Asks the 25 rules about worksheets that were written before them and without a look at them, half of them good, half poor
 * with their defects labelled, and prints how many defects each rule finds. `--corpus FOLDER` takes anybody else's, in the
 * format that `rigour-corpus/README.md` describes. There is no shorter form.
 */
export const prove: Proof = async ({ corpus: folder }) => {
  const findings = new Findings();
  const corpus = await readCorpus(folder ?? OWN);
  const score = scoreCorpus(corpus, await readCatalogueFiles());
  console.log(tableOf(score));
  for (const remark of remarksOn(score)) console.log(`  ${remark}`);
  for (const one of score.broken) findings.add(`${one} could not be asked`);
  const good = corpus.filter(({ quality }) => quality === "good").length;
  if (folder === undefined) {
    findings.expect(good >= FEWEST && corpus.length - good >= FEWEST, "there are too few worksheets");
  }
  const defects = score.labels.length;
  const told = score.labels.filter((label) => label.found).length;
  const [found, flagged] = [share(told, defects), share(score.flagged, score.sections)];
  findings.expect(defects === 0 || found >= LEAST_FOUND, "too few of the labelled defects are found");
  findings.expect(flagged <= MOST_FLAGGED, "too many good sections are flagged as errors");
  return findings.result(
    `${corpus.length - good} poor worksheets with ${defects} defects, ${told} found (${percent(found)}); ${good} good ones with ${score.sections} sections, ${score.flagged} flagged as errors (${percent(flagged)})`,
  );
};

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
