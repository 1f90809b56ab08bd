import { Menu, Text } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { ENGAGEMENT_MODELS, type EngagementModel } from "@/lib/domain/oscal/vocabulary";

const WORDS: Readonly<Record<EngagementModel, { readonly name: string; readonly about: string }>> = {
  poam: { name: "OSCAL, POA&M", about: "Risks, mitigating factors, tests and evidence; can be read back" },
  ssp: { name: "OSCAL, SSP", about: "What meets each requirement" },
};

/** The items of an export menu that make an OSCAL document. */
export function OscalItems(props: { readonly onChoose: (model: EngagementModel) => unknown }) {
  return ENGAGEMENT_MODELS.map((model) => (
    <Menu.Item
      key={model}
      onClick={() => props.onChoose(model)}
      leftSection={<IconBraces size={16} aria-hidden="true" />}
      maw={300}
    >
      {WORDS[model].name}
      <Text size="xs" c="dimmed">
        {WORDS[model].about}
      </Text>
    </Menu.Item>
  ));
}
