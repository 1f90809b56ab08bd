import {
  IconBook2,
  IconBriefcase,
  IconBuilding,
  IconChecklist,
  IconHistory,
  IconKey,
  IconMessageCheck,
  IconSettings,
  IconShieldCheck,
  IconShieldLock,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import type { PageName } from "@/components/frame/navigation";

const ICONS: Readonly<Record<PageName, TablerIcon>> = {
  engagements: IconBriefcase,
  workbook: IconChecklist,
  scope: IconKey,
  controls: IconShieldLock,
  review: IconMessageCheck,
  trail: IconHistory,
  people: IconUsers,
  settings: IconSettings,
  catalogue: IconBook2,
  verify: IconShieldCheck,
  organisation: IconBuilding,
};

/** The icon of a page, for the eye only: the label beside it says the same. */
export function NavIcon({ name, size = 18 }: { readonly name: PageName; readonly size?: number }) {
  const Icon = ICONS[name];
  return <Icon size={size} stroke={1.6} aria-hidden="true" />;
}
