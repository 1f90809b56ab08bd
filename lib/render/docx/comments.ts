import { line, paragraph } from "@/lib/render/docx/blocks";
import type { DocxDraft, PlacedComment } from "@/lib/render/docx/draft";
import { WORD_NAMESPACES } from "@/lib/render/docx/fixed-parts";
import { run } from "@/lib/render/docx/runs";
import type { Part } from "@/lib/render/office/package";
import { shownText } from "@/lib/render/office/shown-text";
import { element, type Xml } from "@/lib/render/office/xml";

const WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** The parts that hold comments: what they say, and which answers which. They are asked for when the text is written. */
export function commentParts(draft: DocxDraft): readonly Part[] {
  draft.relate("comments", "comments.xml");
  draft.relate("http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "commentsExtended.xml");
  return [
    {
      path: "word/comments.xml",
      contentType: `${TYPE}.comments+xml`,
      content: () => element("w:comments", WORD_NAMESPACES, draft.comments.map(comment)),
    },
    {
      path: "word/commentsExtended.xml",
      contentType: `${TYPE}.commentsExtended+xml`,
      content: () =>
        element(
          "w15:commentsEx",
          { "xmlns:w15": WORD_2012 },
          draft.comments.map(({ paragraphId, answers, resolved }) =>
            element("w15:commentEx", {
              "w15:paraId": paragraphId,
              "w15:paraIdParent": answers ?? undefined,
              "w15:done": resolved ? 1 : 0,
            }),
          ),
        ),
    },
  ];
}

function comment({ id, author, at, body, paragraphId }: PlacedComment): Xml {
  const lines = body.split("\n");
  const last = lines.pop() ?? "";
  return element(
    "w:comment",
    {
      "w:id": id,
      "w:author": shownText(author).replaceAll("\n", " "),
      "w:date": at.replace(/\.\d+Z$/, "Z"),
      "w:initials": initials(author),
    },
    lines.map((text) => line(text, { style: "CommentText" })),
    paragraph({ style: "CommentText", id: paragraphId }, run(last)),
  );
}

function initials(author: string): string {
  const letters = author.split(/\s+/).flatMap((part) => /^\p{L}/u.exec(part)?.[0] ?? []);
  return letters.slice(0, 3).join("").toUpperCase();
}
