import type { Catalogue } from "@/lib/domain/catalogue/catalogue";
import { articleRowsOf } from "@/lib/domain/catalogue/mapping";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";
import { sampleFor } from "@/lib/samples/library";
import type { Sample } from "@/lib/samples/sample";

/** The samples for a requirement: of the rows of the article that speak about it. One written for its very number comes first. */
export function samplesFor(catalogue: Catalogue, version: StandardVersion, number: string): readonly Sample[] {
  const found = articleRowsOf(catalogue.articleRows, version, number).flatMap(({ id }) => sampleFor(id) ?? []);
  const own = found.filter((sample) => sample.standardVersion === version);
  const exact = (sample: Sample) => (sample.requirementNumber === number ? 0 : 1);
  return own.toSorted((a, b) => exact(a) - exact(b));
}
