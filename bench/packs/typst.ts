import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { engineModule, type FontPaths, type WritePack } from "./engine";
import {
  APPENDIX,
  byLine,
  EVIDENCE_HEAD,
  entryTitle,
  evidenceCells,
  PACK,
  signOffCells,
  statusLine,
  TRAIL_HEAD,
  trailCells,
} from "./workload";

interface Library {
  readonly NodeCompiler: {
    create(settings: { workspace: string; fontArgs: readonly { fontBlobs: readonly Buffer[] }[] }): {
      pdf(input: { mainFilePath: string }): Buffer;
    };
  };
}

/** The pack as a Typst source that reads its texts from JSON, compiled in the process. */
export async function openTypst({ regular, bold }: FontPaths): Promise<WritePack> {
  const { NodeCompiler } = await engineModule<Library>("@myriaddreamin/typst-ts-node-compiler");
  return async (entries, path) => {
    const data = entries.map((entry) => ({
      title: entryTitle(entry),
      status: statusLine(entry),
      sections: entry.sections,
      evidence: evidenceCells(entry).map(breakable),
      comments: entry.comments.map((one) => ({ by: byLine(one), text: one.text })),
      signOffs: signOffCells(entry).map(breakable),
      events: trailCells(entry),
    }));
    writeFileSync(`${path}.json`, JSON.stringify({ pack: PACK, count: entries.length, entries: data }));
    writeFileSync(`${path}.typ`, sourceFor(`${path}.json`.slice(dirname(path).length + 1)));
    const fontArgs = [{ fontBlobs: [readFileSync(regular), readFileSync(bold)] }];
    const compiler = NodeCompiler.create({ workspace: dirname(path), fontArgs });
    writeFileSync(path, compiler.pdf({ mainFilePath: `${path}.typ` }));
  };
}

/** Typst does not break within a word: digests may break where the other engines do. */
function breakable(cells: readonly string[]): string[] {
  return cells.map((text) => (/^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 44)} ${text.slice(44)}` : text));
}

function sourceFor(data: string): string {
  return `#let d = json(${JSON.stringify(data)})
#set document(title: d.pack.title)
#set page(paper: "a4", margin: (x: 54pt, y: 60pt), footer: context [#set text(7.5pt); #d.pack.title #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#set text(font: "Source Sans 3", size: 9.5pt, lang: "en", hyphenate: false)
#set par(leading: .45em, spacing: .6em)
#show heading.where(level: 1): set text(15pt)
#show heading.where(level: 2): set text(11pt)
#let rows(widths, size, cells) = { set text(size); table(columns: widths, stroke: .5pt, inset: 2.5pt, ..cells) }
#let head(..names) = table.header(..names.pos().map(strong))
#v(140pt)
#text(26pt, weight: "bold", d.pack.organisation)

#text(18pt, weight: "bold", d.pack.title)

#text(11pt, "Generated " + d.pack.date + " — " + str(d.count) + " worksheets")
#pagebreak()
#outline(depth: 1)
#for e in d.entries [
  #pagebreak()
  #heading(level: 1, e.title)
  #text(9pt, e.status)
  #for s in e.sections {
    heading(level: 2, outlined: false, s.title)
    for p in s.paragraphs { par(p) }
  }
  #heading(level: 2, outlined: false, "Evidence")
  #rows((130pt, 187pt, 50pt, 60pt, 60pt), 7.5pt, (head(${EVIDENCE_HEAD.map((name) => JSON.stringify(name)).join(", ")}),) + e.evidence.flatten())
  #heading(level: 2, outlined: false, "Comments")
  #{ set text(8.5pt); for c in e.comments [*#c.by* \\ #c.text \\ ] }
  #heading(level: 2, outlined: false, "Sign-off")
  #rows((70pt, 150pt, 90pt, 177pt), 7.5pt, e.signOffs.flatten())
]
#pagebreak()
#heading(level: 1, ${JSON.stringify(APPENDIX)})
#rows((34pt, 84pt, 80pt, 86pt, 54pt, 1fr), 6.5pt, (head(${TRAIL_HEAD.map((name) => JSON.stringify(name)).join(", ")}),) + d.entries.map(e => e.events).flatten())
`;
}
