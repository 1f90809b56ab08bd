import { Anchor, Badge, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import { OperationCard } from "@/components/api-reference/operation-card";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { readReference, readTypes } from "@/lib/server/api-reference";
import { publicPage } from "@/lib/server/page";

export const metadata: Metadata = { title: "API" };

/** The API, operation by operation, as its description has it. */
export default async function ApiPage() {
  await publicPage();
  const groups = readReference();
  return (
    <>
      <Place crumbs={[{ label: "API" }]} />
      <PageTitle
        title="The API"
        lead="What programs ask for with an API token. The same in a form for tools: OpenAPI 3.1."
        actions={<Anchor href="/api/v1/openapi.json">openapi.json</Anchor>}
      />
      <SectionCard title="How to ask">
        <Stack gap="sm">
          <Text>
            Make a token on your account page and send it with each request: <Code>Authorization: Bearer cvt_…</Code>.
            It does what you may do, within its scope. Errors come as <Code>application/problem+json</Code> with a{" "}
            <Code>code</Code> for programs and a <Code>detail</Code> for people.
          </Text>
          <Group gap="xs">
            {groups.map(({ tag, operations }) => (
              <Badge key={tag} component="a" href={`#${slug(tag)}`} color="gray">
                {tag} {operations.length}
              </Badge>
            ))}
          </Group>
        </Stack>
      </SectionCard>
      {groups.map(({ tag, operations }) => (
        <section key={tag} id={slug(tag)} aria-label={tag}>
          <SectionCard title={`${tag.charAt(0).toUpperCase()}${tag.slice(1)}`}>
            <Stack gap="lg">
              {operations.map((operation) => (
                <OperationCard key={operation.id} operation={operation} />
              ))}
            </Stack>
          </SectionCard>
        </section>
      ))}
      <SectionCard title="Types" description="What bodies and replies name.">
        <Stack gap="md">
          {readTypes().map(({ name, shape }) => (
            <article key={name} id={`type-${name}`} aria-labelledby={`type-${name}-title`}>
              <Title order={3} id={`type-${name}-title`}>
                {name}
              </Title>
              <Code block>{shape}</Code>
            </article>
          ))}
        </Stack>
      </SectionCard>
    </>
  );
}

function slug(tag: string): string {
  return tag.replaceAll(" ", "-");
}
