import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { newWebhookSecret, signedHeaders } from "./sign-message";

it("signs as the standard's own example does", () => {
  // The vector of the specification's reference libraries.
  const at = new Date(1614265330_000);
  const parts = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body: '{"test": 2432232314}' };
  const headers = signedHeaders(parts, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]);
  expect(headers).toEqual({
    "webhook-id": parts.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("is verified by the peer with each of two secrets, and not by a third or over another body", () => {
  const [fresh, former, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
  const body = '{"type":"worksheet.signed","data":{"name":"Łódź"}}';
  const headers = signedHeaders({ id: "msg_1", at: new Date(), body }, [fresh, former]);
  for (const secret of [fresh, former]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(other).verify(body, headers)).toThrow("No matching signature");
  expect(() => new Webhook(fresh).verify(body.replace("signed", "refused"), headers)).toThrow("No matching signature");
  expect(() => new Webhook(fresh).verify(body, { ...headers, "webhook-id": "msg_2" })).toThrow("No matching signature");
});

it("makes secrets of 32 random bytes", () => {
  expect(newWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newWebhookSecret()).not.toBe(newWebhookSecret());
});
