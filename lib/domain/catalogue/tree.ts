import type { Requirement } from "@/lib/domain/catalogue/requirement";
import { isBelow } from "@/lib/domain/catalogue/requirement-number";

/** The requirement with this number among those of one version. */
export function find(requirements: readonly Requirement[], number: string): Requirement | undefined {
  return requirements.find((requirement) => requirement.number === number);
}

/** The numbers directly below, in the order given. */
export function childrenOf(requirements: readonly Requirement[], number: string): Requirement[] {
  return requirements.filter((requirement) => requirement.parent === number);
}

/** Everything that is assessed itself below a number, however deep, in the order given. */
export function leavesBelow(requirements: readonly Requirement[], number: string): Requirement[] {
  return requirements.filter((requirement) => requirement.leaf && isBelow(requirement.number, number));
}

/** From the top down to the number's parent. Empty for a top number. */
export function ancestorsOf(requirements: readonly Requirement[], number: string): Requirement[] {
  const path: Requirement[] = [];
  let parent = find(requirements, number)?.parent ?? null;
  while (parent !== null) {
    const above = find(requirements, parent);
    if (above === undefined) break;
    path.unshift(above);
    parent = above.parent;
  }
  return path;
}
