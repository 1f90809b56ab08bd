import { v5 } from "uuid";
import { NAMESPACE } from "@/lib/domain/oscal/vocabulary";

const OURS = v5(NAMESPACE, v5.URL);

/** The UUID of version 5 that always belongs to a name. */
export function identify(name: string): string {
  return v5(name, OURS);
}
