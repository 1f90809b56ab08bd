import type { ArticleRowId } from "@/lib/domain/catalogue/article";
import type { Sample } from "@/lib/samples/sample";
import row1_3 from "@/lib/samples/worksheets/1.3.json";
import row3_5_1 from "@/lib/samples/worksheets/3.5.1.json";
import row3_5_2 from "@/lib/samples/worksheets/3.5.2.json";
import row3_5 from "@/lib/samples/worksheets/3.5.json";
import row3_6_4 from "@/lib/samples/worksheets/3.6.4.json";
import row3_6_5 from "@/lib/samples/worksheets/3.6.5.json";
import row3_6_6 from "@/lib/samples/worksheets/3.6.6.json";
import row8_1_6 from "@/lib/samples/worksheets/8.1.6.json";
import row8_1_8 from "@/lib/samples/worksheets/8.1.8.json";
import row8_2 from "@/lib/samples/worksheets/8.2.json";
import row8_3 from "@/lib/samples/worksheets/8.3.json";
import row10_2 from "@/lib/samples/worksheets/10.2.json";
import row10_3 from "@/lib/samples/worksheets/10.3.json";
import row10_5 from "@/lib/samples/worksheets/10.5.json";
import row10_7 from "@/lib/samples/worksheets/10.7.json";
import row11_5 from "@/lib/samples/worksheets/11.5.json";

/**
 * One sample for each row of the article that still or partly holds today, in the article's order. JSON knows its enums
 * as strings only; the test beside this file parses each sample by the contracts' schemas.
 */
export const SAMPLES = [
  row1_3,
  row3_5,
  row3_5_1,
  row3_5_2,
  row3_6_4,
  row3_6_5,
  row3_6_6,
  row8_1_6,
  row8_1_8,
  row8_2,
  row8_3,
  row10_2,
  row10_3,
  row10_5,
  row10_7,
  row11_5,
] as unknown as readonly Sample[];

/** The sample for a row of the article; undefined for a row that no longer holds. */
export function sampleFor(row: ArticleRowId): Sample | undefined {
  return SAMPLES.find(({ articleRow }) => articleRow === row);
}
