import { renderWorksheet } from "@/lib/render/pdf/render-pdf";
import { prove as hostile } from "@/prove/hostile-pdf";
import { prove } from "@/prove/pdf-text";
export async function main() {
  void renderWorksheet;
  for (const seed of [2, 3, 4, 5, 6, 7, 8, 9]) {
    console.log(await prove({ short: true, seed }));
    console.log(await hostile({ short: true, seed }));
  }
}
main();
