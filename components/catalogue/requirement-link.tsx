import classes from "@/components/catalogue/catalogue.module.css";
import { Link } from "@/components/kit/link";
import type { StandardVersion } from "@/lib/domain/catalogue/standard-version";

/** The address of a requirement's page. */
export function requirementHref(version: StandardVersion, number: string): string {
  return `/catalogue/${version}/${number}`;
}

/** A requirement's number as a link to its page. */
export function RequirementLink({ version, number }: { readonly version: StandardVersion; readonly number: string }) {
  return (
    <Link href={requirementHref(version, number)} className={`${classes.number} ${classes.link}`} prefetch={false}>
      {number}
    </Link>
  );
}
