import { Text } from "@mantine/core";
import classes from "@/components/catalogue/catalogue.module.css";
import { SectionCard } from "@/components/kit/section-card";
import { TextLink } from "@/components/kit/text-link";
import type { SampleDto, SamplePlaceDto } from "@/lib/contracts/sample";

/** Where a signed-in person can begin a worksheet from a sample; nothing where there is no such place. */
export function SamplePlaces(props: { readonly sample: SampleDto; readonly places: readonly SamplePlaceDto[] }) {
  const { places, sample } = props;
  if (places.length === 0) return null;
  const { requirementNumber } = sample;
  return (
    <SectionCard
      title="Use it as a start"
      description={`In the worksheet for ${requirementNumber}, while nothing is written in it: “Begin from another text”.`}
    >
      <ul className={classes.plain}>
        {places.map((place) => (
          <li key={place.engagement.id}>
            <TextLink href={addressOf(place)}>{place.engagement.name}</TextLink>{" "}
            <Text span size="sm" c="dimmed">
              {whereWords(place, requirementNumber)}
            </Text>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

function addressOf({ engagement, dispositionId, worksheetId }: SamplePlaceDto): string {
  if (worksheetId !== null) return `/worksheets/${worksheetId}`;
  return dispositionId === null
    ? `/engagements/${engagement.id}`
    : `/engagements/${engagement.id}?row=${dispositionId}`;
}

function whereWords({ dispositionId, worksheetId }: SamplePlaceDto, number: string): string {
  if (worksheetId !== null) return "has a worksheet for it already";
  return dispositionId === null ? `add ${number} to the workbook there first` : "open the worksheet from its row";
}
