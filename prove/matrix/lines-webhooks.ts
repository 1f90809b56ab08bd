import { WEBHOOK_TYPE_NAMES } from "@/lib/domain/webhooks/event-types";
import { type Asked, type At, HIDDEN, type Line } from "./line";
import { type Side, sideOf } from "./people";

const WEBHOOKS = "/api/v1/organisation/webhooks";
const ONE = `${WEBHOOKS}/[webhookId]`;
const BODY = {
  url: "https://hooks.invalid/countervail",
  description: "Ours",
  eventTypes: WEBHOOK_TYPE_NAMES,
  engagementId: null,
};

const sideAt = ({ asker }: At): Side => (asker === "anonymous" ? "entity" : sideOf(asker));

/** An act on a webhook of the own company, and of another one. */
function on(line: Omit<Line, "asks">, more: Omit<Asked, "params"> = {}): Line[] {
  const asks = (of: (side: Side) => Side) => (at: At) => ({
    ...more,
    params: { webhookId: at.stage.administered[of(sideAt(at))].webhookId },
  });
  return [
    { ...line, asks: asks((side) => side) },
    {
      ...line,
      call: "of another company",
      asks: asks((side) => (side === "foreign" ? "entity" : "foreign")),
      except: () => HIDDEN,
    },
  ];
}

/** What the administrators of an organisation do with its webhooks. What a worker delivers is looked at apart. */
export const WEBHOOK_LINES: readonly Line[] = [
  { handler: `GET ${WEBHOOKS}`, may: "organisation.accounts" },
  {
    handler: `POST ${WEBHOOKS}`,
    may: "organisation.settings",
    asks: () => ({ body: BODY }),
    success: 201,
    event: "webhook.made",
    changes: true,
  },
  ...on({ handler: `GET ${ONE}`, may: "organisation.accounts" }),
  ...on(
    { handler: `PUT ${ONE}`, may: "organisation.settings", event: "webhook.changed", changes: true },
    { body: { ...BODY, isOn: false, version: 1 } },
  ),
  ...on({
    handler: `DELETE ${ONE}`,
    may: "organisation.settings",
    success: 204,
    event: "webhook.removed",
    changes: true,
  }),
  ...on(
    {
      handler: `POST ${ONE}/rotate`,
      may: "organisation.settings",
      success: 201,
      event: "webhook.secret_rotated",
      changes: true,
    },
    { body: {} },
  ),
  ...on(
    { handler: `POST ${ONE}/test`, may: "organisation.settings", success: 201, event: "webhook.tested" },
    { body: {} },
  ),
  ...on({ handler: `GET ${ONE}/deliveries`, may: "organisation.accounts" }),
  ...on(
    { handler: `POST ${ONE}/replay`, may: "organisation.settings", event: "webhook.replayed" },
    { body: { since: "2026-01-01T00:00:00Z" } },
  ),
];
