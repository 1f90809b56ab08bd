import { Alert, Code, Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text } from "@mantine/core";
import { DateText } from "@/components/kit/date-text";
import { ScrollRegion } from "@/components/kit/scroll-region";
import { SectionCard } from "@/components/kit/section-card";
import type { SigningKeyDto, SigningKeysDto } from "@/lib/contracts/trail";
import type { KeyPurpose, KeyState } from "@/lib/domain/proof/keys";

const PURPOSES: Readonly<Record<KeyPurpose, string>> = {
  root: "Root: signs this list",
  checkpoint: "Checkpoints of trails",
  statement: "Sign-offs and packs",
  seal: "Seals in PDF files",
};
const STATES: Readonly<Record<KeyState, string>> = {
  pre_active: "Not used yet",
  active: "Signs",
  verify_only: "Verifies what it signed",
  destroyed: "Destroyed; verifies what it signed",
};

/** The signer's keys, how long they sign, and the root's fingerprint. */
export function SigningKeys({ fingerprint, keys }: SigningKeysDto) {
  const ending = keys.filter(({ standing }) => standing === "ends_soon" || standing === "over");
  return (
    <SectionCard
      title="Signing keys"
      description={
        <>
          Whoever verifies a pack compares this fingerprint of the root key with the one you give them by another way:{" "}
          <Code>{fingerprint}</Code>
        </>
      }
    >
      {ending.map((key) => (
        <Alert key={key.id} color={key.standing === "over" ? "red" : "orange"} mb="sm" py="xs">
          {endingWords(key)}
        </Alert>
      ))}
      <ScrollRegion label="Signing keys, one a row">
        <Table>
          <TableThead>
            <TableTr>
              <TableTh>For</TableTh>
              <TableTh>Key</TableTh>
              <TableTh>State</TableTh>
              <TableTh>Until</TableTh>
            </TableTr>
          </TableThead>
          <TableTbody>
            {keys.map(({ id, purpose, state, until }) => (
              <TableTr key={id}>
                <TableTd>{PURPOSES[purpose]}</TableTd>
                <TableTd>
                  <Code>{id.slice(0, 16)}</Code>
                </TableTd>
                <TableTd>
                  <Text size="sm">{STATES[state]}</Text>
                </TableTd>
                <TableTd>
                  <DateText value={until} plain />
                </TableTd>
              </TableTr>
            ))}
          </TableTbody>
        </Table>
      </ScrollRegion>
    </SectionCard>
  );
}

function endingWords({ purpose, standing, days }: SigningKeyDto): string {
  const when = standing === "over" ? "is over" : `ends in ${days} ${days === 1 ? "day" : "days"}`;
  return `The time of the key for ${purpose} ${when}: an operator has to replace it.`;
}
