"use client";

import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  Drawer,
  Input,
  type MantineThemeOverride,
  Menu,
  Modal,
  Notification,
  Paper,
  PasswordInput,
  Table,
  Tabs,
  Tooltip,
} from "@mantine/core";
import { DARK, GRAY, PETROL } from "@/components/frame/palette";

const SANS =
  'var(--font-latin), var(--font-extended), ui-sans-serif, "Segoe UI", system-ui, -apple-system, "Noto Sans", Arial, sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace';

const DIALOG_TITLE = { fontWeight: 600, fontSize: "1.0625rem", lineHeight: 1.35 } as const;

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
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", size: "lg" } }),
    Badge: Badge.extend({
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
    Button: Button.extend({ defaultProps: { size: "sm" } }),
    Drawer: Drawer.extend({
      defaultProps: { closeButtonProps: { "aria-label": "Close" }, position: "right" },
      styles: { title: DIALOG_TITLE },
    }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ["label", "description", "input", "error"] },
    }),
    // Mantine heads its dialogs with a header element, which outside of the page's content would be a second banner.
    DrawerHeader: { defaultProps: { role: "presentation" } },
    ModalHeader: { defaultProps: { role: "presentation" } },
    // The placeholder would be a child of the menu that is no item of it.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { closeButtonProps: { "aria-label": "Close" } },
      styles: { title: DIALOG_TITLE },
    }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { "aria-label": "Close" } } }),
    PasswordInput: PasswordInput.extend({
      defaultProps: {
        visibilityToggleFocusable: true,
        visibilityToggleButtonProps: { "aria-label": "Show what is typed" },
      },
    }),
    Paper: Paper.extend({ defaultProps: { bg: "var(--cv-surface)" } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 7, horizontalSpacing: "sm" } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300, multiline: true, maw: 320 } }),
  },
});
