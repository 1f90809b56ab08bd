import { compareNumbers } from "@/lib/domain/catalogue/requirement-number";
import type { WorksheetState } from "@/lib/domain/workflow/states";
import type { Control, ControlNature, ControlOrigin } from "@/lib/domain/worksheet/model";

/** A worksheet as overviews of an engagement name it. */
export interface WorksheetLine {
  readonly worksheetId: string;
  readonly requirementNumber: string;
  readonly requirementTitle: string;
  readonly state: WorksheetState;
  readonly revision: number;
}

/** A control as it stands in one worksheet. */
export interface MatrixCell {
  readonly itemId: string;
  readonly label: string;
  readonly title: string;
  readonly nature: ControlNature;
  readonly origin: ControlOrigin;
  /** The requirement that it is owed for elsewhere; empty where it is none. */
  readonly requirementRef: string;
}

/** A requirement with its controls: the shared ones by record, then those that stand in its worksheet alone. */
export interface MatrixRow extends WorksheetLine {
  readonly shared: Readonly<Record<string, MatrixCell>>;
  readonly own: readonly MatrixCell[];
}

/** A shared control as a column. */
export interface MatrixColumn {
  readonly recordId: string;
  readonly title: string;
  readonly uses: number;
}

/** Requirements × controls. */
export interface ControlMatrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
}

/** Lays out the controls of some worksheets: rows by requirement, columns by how often a control is used, then by title. */
export function controlMatrix(
  sources: readonly (WorksheetLine & { readonly controls: readonly Control[] })[],
): ControlMatrix {
  const columns = new Map<string, MatrixColumn>();
  const rows = sources.map(({ controls, ...line }): MatrixRow => {
    const shared: Record<string, MatrixCell> = {};
    const own: MatrixCell[] = [];
    for (const control of controls) {
      const { recordId } = control;
      if (recordId === undefined) own.push(cellOf(control));
      else {
        shared[recordId] = cellOf(control);
        const uses = (columns.get(recordId)?.uses ?? 0) + 1;
        columns.set(recordId, { recordId, title: columns.get(recordId)?.title || control.title, uses });
      }
    }
    return { ...line, shared, own };
  });
  return {
    columns: [...columns.values()].sort((a, b) => b.uses - a.uses || a.title.localeCompare(b.title)),
    rows: rows.sort((a, b) => compareNumbers(a.requirementNumber, b.requirementNumber)),
  };
}

function cellOf({ id, label, title, nature, origin, requirementRef }: Control): MatrixCell {
  return { itemId: id, label, title, nature, origin, requirementRef };
}
