import { Alert, Text } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { RequirementLink } from "@/components/catalogue/requirement-link";
import { SamplePaper } from "@/components/catalogue/sample-paper";
import { SamplePlaces } from "@/components/catalogue/sample-places";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { sampleParams } from "@/lib/contracts/sample";
import { orNotFound, publicPage } from "@/lib/server/page";
import { placesForSample, readSample } from "@/lib/services/catalogue/read-sample";

interface Props {
  readonly params: Promise<{ readonly sampleId: string }>;
}

/** Read once for the title and the page. */
const load = cache(async (sampleId: string) => {
  const parsed = sampleParams.safeParse({ sampleId });
  if (!parsed.success) notFound();
  const context = await publicPage();
  return { context, sample: await orNotFound(readSample(context, parsed.data.sampleId)) };
});

/** The page's title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { sample } = await load((await params).sampleId);
  return { title: `Sample worksheet for ${sample.requirementNumber}` };
}

/** A sample worksheet to read, plainly marked as one. */
export default async function SamplePage({ params }: Props) {
  const { context, sample } = await load((await params).sampleId);
  const { standardVersion, requirementNumber, requirementTitle, title, about } = sample;
  const places = context.actor ? await placesForSample({ ...context, actor: context.actor }, sample) : [];
  return (
    <>
      <Place crumbs={[{ label: `Sample for ${requirementNumber}` }]} />
      <PageTitle
        before={<Text c="dimmed">Sample worksheet, PCI DSS {standardVersion}</Text>}
        title={title}
        lead={about}
      />
      <Alert color="blue" icon={<IconFlask size={18} aria-hidden="true" />} mb="md" py="xs" title="This is a sample">
        The company, the people, the numbers and the evidence in it are invented; its dates are counted from today. A
        worksheet that begins from it is marked, and is not taken as it came.
      </Alert>
      <Text mb="md">
        Written for <RequirementLink version={standardVersion} number={requirementNumber} /> {requirementTitle}
      </Text>
      <SamplePlaces sample={sample} places={places} />
      <SamplePaper sample={sample} />
    </>
  );
}
