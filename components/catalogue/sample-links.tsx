import { Text } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { SectionCard } from "@/components/kit/section-card";
import { TextLink } from "@/components/kit/text-link";
import type { SampleRefDto } from "@/lib/contracts/sample";

/** The sample worksheets of a requirement's rows; nothing where there is none. */
export function SampleLinks({ samples }: { readonly samples: readonly SampleRefDto[] }) {
  if (samples.length === 0) return null;
  return (
    <SectionCard
      title="Sample worksheet"
      description="Written for this catalogue, with a company that does not exist. The checks find nothing to object to in it."
    >
      <ul className={classes.plain}>
        {samples.map(({ sampleId, title, about, requirementNumber }) => (
          <li key={sampleId}>
            <TextLink href={`/catalogue/samples/${sampleId}`} fw={600}>
              {title}
            </TextLink>
            <Text size="sm" mt={2}>
              {about}
            </Text>
            <Text size="sm" c="dimmed">
              Row {sampleId} of the article, written for {requirementNumber} of 4.0.1
            </Text>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}
