import type { Control, ControlTest, MaintenanceTask, Risk, ScopeItem } from "@/lib/domain/worksheet/model";
import { demoItemId } from "./ids";

type Labelled<T> = Omit<T, "id" | "label" | "controlIds">;

/** Builders for the items of one demo worksheet; references name labels and become ids. */
export interface ItemBuilders {
  readonly id: (label: string) => string;
  readonly scope: (kind: ScopeItem["kind"], name: string, detail?: string) => ScopeItem;
  readonly control: (
    label: string,
    fields: Omit<Labelled<Control>, "requirementRef"> & { requirementRef?: string },
  ) => Control;
  readonly risk: (label: string, controls: readonly string[], fields: Labelled<Risk>) => Risk;
  readonly test: (label: string, controls: readonly string[], fields: Labelled<ControlTest>) => ControlTest;
  readonly task: (label: string, fields: Labelled<MaintenanceTask>) => MaintenanceTask;
}

/** Builders whose ids are distinct for each worksheet and equal on every seeding. `worksheet` is any stable name. */
export function itemBuilders(worksheet: string): ItemBuilders {
  const id = (label: string) => demoItemId(worksheet, label);
  return {
    id,
    scope: (kind, name, detail = "") => ({ id: id(`scope ${kind} ${name}`), kind, name, detail }),
    control: (label, fields) => ({ id: id(label), label, requirementRef: "", ...fields }),
    risk: (label, controls, fields) => ({ id: id(label), label, ...fields, controlIds: controls.map(id) }),
    test: (label, controls, fields) => ({ id: id(label), label, ...fields, controlIds: controls.map(id) }),
    task: (label, fields) => ({ id: id(label), label, ...fields }),
  };
}
