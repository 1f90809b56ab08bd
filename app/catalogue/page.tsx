import type { Metadata } from "next";
import { RequirementList } from "@/components/catalogue/requirement-list";
import { PageTitle } from "@/components/kit/page-title";
import { type RequirementsQuery, requirementsQuery } from "@/lib/contracts/catalogue";
import { REQUIREMENTS_AT_FIRST } from "@/lib/contracts/list-sizes";
import { publicPage } from "@/lib/server/page";
import { listKeyOptions } from "@/lib/services/catalogue/list-parts";
import { listRequirements } from "@/lib/services/catalogue/list-requirements";

/** The page's title. */
export const metadata: Metadata = { title: "Catalogue" };

/** Every requirement number of both versions, with what the article said and what is true today. */
export default async function CataloguePage(props: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = readQuery(await props.searchParams);
  const context = await publicPage();
  const [first, keyOptions] = await Promise.all([listRequirements(context, query), listKeyOptions(context)]);
  const { version, q = "", status = "", service = "", keyOption = "" } = query;
  return (
    <>
      <PageTitle
        title="Catalogue"
        lead="Every requirement number of PCI DSS, in our words. 21 rows of the article on KMS and CloudHSM in depth: what it said, what is true today, what 4.0.1 asks now."
      />
      <RequirementList
        first={{ ...first, items: first.items.slice(0, REQUIREMENTS_AT_FIRST) }}
        filters={{ version, q, status, service, keyOption }}
        keyOptions={keyOptions.items.map(({ id, name }) => ({ id, name }))}
      />
    </>
  );
}

/** The filters of the address; those that mean nothing are left out. */
function readQuery(params: Record<string, string | string[] | undefined>): RequirementsQuery {
  const shape = requirementsQuery.shape;
  const known = Object.entries(shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(params[name]);
    return parsed.success && params[name] !== "" ? [[name, parsed.data]] : [];
  });
  return requirementsQuery.parse(Object.fromEntries(known));
}
