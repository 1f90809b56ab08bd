import type { ServiceContext } from "@/lib/auth/context";
import type { RequirementListDto, RequirementsQuery } from "@/lib/contracts/catalogue";
import { entriesOf, findEntries, servicesOf } from "@/lib/domain/catalogue/entries";
import { canTrigger } from "@/lib/domain/keys/scope-result";
import { currentCatalogue, listOf } from "@/lib/services/catalogue/current";
import { summaryOf } from "@/lib/services/catalogue/requirement-dto";

/** The requirements of one PCI DSS version that answer a search and its filters. Everybody may read them. */
export async function listRequirements(context: ServiceContext, query: RequirementsQuery): Promise<RequirementListDto> {
  const catalogue = await currentCatalogue(context);
  const { version, ...filter } = query;
  const entries = entriesOf(catalogue, version);
  const found = findEntries(entries, filter, catalogue, (row, option) => canTrigger(row.id, option));
  return {
    version,
    ...listOf(
      catalogue,
      found.items.map((entry) => summaryOf(entry, catalogue)),
    ),
    all: entries.length,
    readAs: found.readAs,
    services: servicesOf(catalogue.articleRows),
  };
}
