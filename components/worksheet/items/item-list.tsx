"use client";

import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { ItemCard } from "@/components/worksheet/items/item-card";
import type { ItemKind } from "@/components/worksheet/items/item-kinds";
import { movedItem, withItem } from "@/components/worksheet/items/list-edits";
import { removeItem } from "@/components/worksheet/items/remove-item";
import { useSaver, useSectionContent } from "@/components/worksheet/saving/saver-context";
import type { TextPartKey } from "@/lib/domain/worksheet/sections";

interface Removed {
  readonly name: string;
  readonly undo: () => void;
}

/** The items of a section as cards: add, open, change, reorder, remove and put back. */
export function ItemList<K extends TextPartKey, T extends { readonly id: string }>({
  kind,
}: {
  readonly kind: ItemKind<K, T>;
}) {
  const saver = useSaver();
  const list = kind.list(useSectionContent(kind.section));
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [removed, setRemoved] = useState<Removed | null>(null);
  const root = useRef<HTMLDivElement>(null);

  const change = (next: (items: readonly T[]) => readonly T[]) =>
    saver.edit(kind.section, (content) => kind.withList(content, next(kind.list(content))));
  const toggle = (id: string) => setOpened((ids) => (ids.has(id) ? without(ids, id) : new Set([...ids, id])));
  const append = (item: T) => {
    change((items) => [...items, item]);
    setOpened((ids) => new Set([...ids, item.id]));
    requestAnimationFrame(() => focusFirstField(root.current));
  };
  const make = () => kind.make(crypto.randomUUID(), list);
  const remove = (item: T) => {
    const name = [kind.label(item), kind.title(item)].filter(Boolean).join(" ");
    const undo = removeItem(saver, kind, item.id);
    setRemoved({ name, undo });
    root.current?.focus();
  };

  return (
    <Stack gap="xs" mt="lg" ref={root} tabIndex={-1} style={{ outline: "none", containerType: "inline-size" }}>
      <Title order={3}>
        {kind.heading}
        {list.length > 0 && (
          <Text span c="dimmed" fw={400} ml={6}>
            {list.length}
          </Text>
        )}
      </Title>
      {list.length === 0 && (
        <Text size="sm" c="dimmed">
          {kind.empty}
        </Text>
      )}
      {list.map((item, at) => (
        <ItemCard
          key={item.id}
          id={item.id}
          label={kind.label(item)}
          title={kind.title(item)}
          traits={kind.traits(item)}
          kind={kind.word}
          opened={opened.has(item.id)}
          onToggle={() => toggle(item.id)}
          onUp={at > 0 ? () => change((items) => movedItem(items, item.id, -1)) : undefined}
          onDown={at < list.length - 1 ? () => change((items) => movedItem(items, item.id, 1)) : undefined}
          onRemove={() => remove(item)}
        >
          {kind.fields(item, (next) => change((items) => withItem(items, next)))}
        </ItemCard>
      ))}
      {removed && (
        <Alert
          color="gray"
          py={6}
          withCloseButton
          closeButtonLabel="Dismiss"
          onClose={() => setRemoved(null)}
          role="status"
        >
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" truncate miw={0}>
              Removed {removed.name}.
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              flex="none"
              onClick={() => {
                removed.undo();
                setRemoved(null);
              }}
            >
              Undo
            </Button>
          </Group>
        </Alert>
      )}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => append(make())}
        >
          Add {kind.word}
        </Button>
        {kind.more?.(list, make, append)}
      </Group>
    </Stack>
  );
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id));
}

/** The new card is the last one; its first field takes the focus. */
function focusFirstField(root: HTMLElement | null): void {
  const cards = root?.querySelectorAll<HTMLElement>("[data-item]");
  cards?.[cards.length - 1]?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus();
}
