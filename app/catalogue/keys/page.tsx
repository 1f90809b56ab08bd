import { Paper, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import classes from "@/components/catalogue/comparison.module.css";
import { DecisionPath } from "@/components/catalogue/decision-path";
import { KeyComparison } from "@/components/catalogue/key-comparison";
import { KeyOptionCard } from "@/components/catalogue/key-option-card";
import { Place } from "@/components/frame/place";
import { PageTitle } from "@/components/kit/page-title";
import { SectionCard } from "@/components/kit/section-card";
import { bySuitability, KMS_OR_CLOUDHSM } from "@/lib/domain/keys/suitability";
import { publicPage } from "@/lib/server/page";
import { listKeyOptions } from "@/lib/services/catalogue/list-parts";

/** The page's title. */
export const metadata: Metadata = { title: "KMS or CloudHSM?" };

/** The article's own question: ten ways to hold keys side by side, as the article saw them and as they are today. */
export default async function KeysPage() {
  const options = bySuitability((await listKeyOptions(await publicPage())).items);
  return (
    <>
      <Place crumbs={[{ label: "KMS or CloudHSM?" }]} />
      <PageTitle title="KMS or CloudHSM?" lead="Ten ways to hold the keys that protect stored account data in AWS." />
      <div className={classes.answers}>
        <Answer title="The answer today" text={KMS_OR_CLOUDHSM.today} now />
        <Answer title="The article's answer" text={KMS_OR_CLOUDHSM.article} />
      </div>
      <SectionCard
        title="Side by side"
        description="Today's words, with the article's beneath where they differ. Choose a few to compare only those."
      >
        <KeyComparison options={options} />
      </SectionCard>
      <SectionCard
        title="Which one to take"
        description="Five questions, from the first to the first answer that names a key option."
      >
        <DecisionPath options={options} />
      </SectionCard>
      <SectionCard title="One by one" description="What each rests on.">
        <div className={classes.answers}>
          {options.map((option) => (
            <KeyOptionCard key={option.id} option={option} />
          ))}
        </div>
      </SectionCard>
    </>
  );
}

function Answer(props: { readonly title: string; readonly text: string; readonly now?: boolean }) {
  return (
    <Paper
      withBorder
      p="md"
      style={props.now ? { borderTop: "3px solid var(--mantine-color-petrol-filled)" } : undefined}
    >
      <Title order={2} mb={6}>
        {props.title}
      </Title>
      <Text maw="65ch">{props.text}</Text>
    </Paper>
  );
}
