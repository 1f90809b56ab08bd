"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { SharedControlDto } from "@/lib/contracts/controls";
import type { WorksheetDto } from "@/lib/contracts/worksheet";

/** What the cards of controls know of the engagement's register. */
export interface RegisterPlace {
  readonly worksheetId: string;
  readonly engagementId: string;
  readonly shared: readonly SharedControlDto[];
  /** Whether the reader may make a control a shared one. */
  readonly mayShare: boolean;
  /** Shows what an action replied. */
  readonly put: (worksheet: WorksheetDto) => void;
}

const RegisterContext = createContext<RegisterPlace | null>(null);

/** Tells the cards of controls in which engagement they are, and how they stand to its register. */
export function RegisterProvider(props: {
  readonly worksheet: WorksheetDto;
  readonly put: (worksheet: WorksheetDto) => void;
  readonly children: ReactNode;
}) {
  const { worksheet, put } = props;
  const { id: worksheetId, engagementId, sharedControls: shared, permissions } = worksheet;
  const mayShare = permissions.shareControls;
  const place = useMemo(
    () => ({ worksheetId, engagementId, shared, mayShare, put }),
    [worksheetId, engagementId, shared, mayShare, put],
  );
  return <RegisterContext value={place}>{props.children}</RegisterContext>;
}

/** The register of the worksheet's engagement. Only inside RegisterProvider. */
export function useRegister(): RegisterPlace {
  const place = useContext(RegisterContext);
  if (!place) throw new Error("useRegister needs a RegisterProvider around it.");
  return place;
}
