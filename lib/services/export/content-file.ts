import type { RevisionContent } from "@/lib/domain/worksheet/model";
import type { Attachment } from "@/lib/render/pdf/view-model";
import { seal } from "@/lib/services/worksheet/seal";

/**
 * The content of a worksheet as it is sealed, byte for byte: its digest is the one in the foot of each page.
 * @param id the worksheet's, where the file stands among those of others
 */
export function contentFile(content: RevisionContent, id?: string): Attachment {
  const own = id === undefined ? "worksheet" : `${content.header.requirementNumber}-r${content.revision}-${id}`;
  return {
    name: `${own}.json`,
    type: "application/json",
    description: "The content of the worksheet as canonical JSON (RFC 8785), whose SHA-256 stands on each page",
    text: seal(content).text,
  };
}
