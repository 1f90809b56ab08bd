"use client";

import {
  type ActionIconFactory,
  type BadgeFactory,
  type ButtonFactory,
  createTheme,
  type DrawerFactory,
  type ExtendComponent,
  type FactoryPayload,
  type InputWrapperFactory,
  type MantineThemeOverride,
  type MenuFactory,
  type ModalFactory,
  type NotificationFactory,
  type PaperFactory,
  type PasswordInputFactory,
  type TableFactory,
  type TabsFactory,
  type TooltipFactory,
} from "@mantine/core";
import { DARK, GRAY, PETROL } from "@/components/frame/palette";

const SANS =
  'var(--font-latin), var(--font-extended), ui-sans-serif, "Segoe UI", system-ui, -apple-system, "Noto Sans", Arial, sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace';

const DIALOG_TITLE = { fontWeight: 600, fontSize: "1.0625rem", lineHeight: 1.35 } as const;

/** What a component looks like. Named by its type alone: the component itself would come with every page for it. */
function look<F extends FactoryPayload>(given: ExtendComponent<F>): ExtendComponent<F> {
  return given;
}

/** The look of the product: one accent, compact, calm. Colours of text and tints are in css-variables.ts. */
export const theme: MantineThemeOverride = createTheme({
  primaryColor: "petrol",
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol: PETROL, gray: GRAY, dark: DARK },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.1875rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.55", xl: "1.55" },
  headings: {
    fontFamily: SANS,
    fontWeight: "600",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1.125rem", lineHeight: "1.3" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
      h4: { fontSize: "0.9375rem", lineHeight: "1.45" },
    },
  },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    ActionIcon: look<ActionIconFactory>({ defaultProps: { variant: "subtle", color: "gray", size: "lg" } }),
    Badge: look<BadgeFactory>({
      defaultProps: { variant: "light", radius: "sm", size: "md" },
      styles: {
        root: {
          width: "max-content",
          maxWidth: "100%",
          textTransform: "none",
          fontWeight: 600,
          letterSpacing: 0,
          fontSize: "0.8125rem",
        },
        label: { overflow: "visible" },
      },
    }),
    Button: look<ButtonFactory>({ defaultProps: { size: "sm" } }),
    Drawer: look<DrawerFactory>({
      defaultProps: { closeButtonProps: { "aria-label": "Close" }, position: "right" },
      styles: { title: DIALOG_TITLE },
    }),
    InputWrapper: look<InputWrapperFactory>({
      defaultProps: { inputWrapperOrder: ["label", "description", "input", "error"] },
    }),
    // Mantine heads its dialogs with a header element, which outside of the page's content would be a second banner.
    DrawerHeader: { defaultProps: { role: "presentation" } },
    ModalHeader: { defaultProps: { role: "presentation" } },
    // The placeholder would be a child of the menu that is no item of it.
    Menu: look<MenuFactory>({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: look<ModalFactory>({
      defaultProps: { closeButtonProps: { "aria-label": "Close" } },
      styles: { title: DIALOG_TITLE },
    }),
    Notification: look<NotificationFactory>({ defaultProps: { closeButtonProps: { "aria-label": "Close" } } }),
    PasswordInput: look<PasswordInputFactory>({
      defaultProps: {
        visibilityToggleFocusable: true,
        visibilityToggleButtonProps: { "aria-label": "Show what is typed" },
      },
    }),
    Paper: look<PaperFactory>({ defaultProps: { bg: "var(--cv-surface)" } }),
    Table: look<TableFactory>({ defaultProps: { verticalSpacing: 7, horizontalSpacing: "sm" } }),
    Tabs: look<TabsFactory>({ defaultProps: { keepMounted: false } }),
    Tooltip: look<TooltipFactory>({ defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 320 } }),
  },
});
