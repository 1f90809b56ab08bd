import { Anchor, List, Text } from "@mantine/core";

/** Sources as links, named by their site and the end of their path. */
export function SourceLinks({ sources }: { readonly sources: readonly string[] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {sources.length === 1 ? "Source" : "Sources"}
      </Text>
      <List size="sm" mt={2}>
        {sources.map((source) => (
          <List.Item key={source}>
            <Anchor href={source} target="_blank" rel="noreferrer" style={{ overflowWrap: "anywhere" }}>
              {nameOf(source)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function nameOf(source: string): string {
  if (!URL.canParse(source)) return source;
  const { hostname, pathname } = new URL(source);
  const last = decodeURIComponentSafely(pathname.split("/").filter(Boolean).at(-1) ?? "");
  const site = hostname.replace(/^www\./, "");
  return last === "" ? site : `${site} · ${last.replace(/\.html?$/, "").slice(0, 60)}`;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
