/**
 * How many requirements the list page brings at first; a list of hundreds is rarely read to its end. It stands apart from
 * the contract, so that a page which needs the number alone does not load what checks inputs.
 */
export const REQUIREMENTS_AT_FIRST = 80;

/** How many of somebody's engagements come with who they are, and so with every page. */
export const OWN_ENGAGEMENTS_AT_FIRST = 20;
