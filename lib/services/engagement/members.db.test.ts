import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EngagementRole } from "@/lib/domain/access/roles";
import { readMe } from "@/lib/services/account/read-me";
import { addMember, readCandidates, readMembers, removeMember } from "@/lib/services/engagement/manage-members";
import { makeServiceAccount, setServiceAccountDisabled } from "@/lib/services/organisation/service-accounts";
import { makeEngagement } from "@/test/engagement";
import { type Person, World } from "@/test/world";

let world: World;
let engagementId = "";
beforeAll(async () => {
  world = await World.make();
  engagementId = await makeEngagement(world);
});
afterAll(() => world.close());

const add = async (by: Person, person: Person, role: EngagementRole) =>
  addMember(await world.steppedUp(by), engagementId, { userId: world.userId(person), role });
const remove = async (by: Person, person: Person, role: EngagementRole) =>
  removeMember(await world.steppedUp(by), engagementId, world.userId(person), role);
const rolesOf = async (person: Person) => {
  const { items } = await readMembers(await world.as("lead"), engagementId);
  return items.find(({ userId }) => userId === world.userId(person))?.roles ?? [];
};

it("keeps a lead, also when two leads take the role from each other at once", async () => {
  await expect(remove("lead", "lead", "lead")).rejects.toMatchObject({ code: "forbidden" });
  await add("lead", "officer", "lead");
  const both = await Promise.allSettled([remove("lead", "officer", "lead"), remove("officer", "lead", "lead")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const holders = await world.behind.prisma.engagementMember.findMany({ where: { engagementId, role: "lead" } });
  expect(holders).toHaveLength(1);
  // Whoever is left gives it back to whom the other tests take for the lead.
  if (holders[0]?.userId === world.userId("officer")) await add("officer", "lead", "lead");
  else expect(await rolesOf("lead")).toEqual(["lead"]);
});

it("gives roles on each side by that side alone", async () => {
  await expect(add("lead", "assistant", "qsa_lead")).rejects.toMatchObject({ code: "forbidden" });
  await expect(add("firmAdmin", "lead", "qsa_assistant")).rejects.toMatchObject({ code: "invalid" });
  await expect(add("lead", "qsa", "contributor")).rejects.toMatchObject({ code: "invalid" });
  await expect(add("lead", "stranger", "observer")).rejects.toMatchObject({ code: "invalid" });
  await expect(add("contributor", "officer", "observer")).rejects.toMatchObject({ code: "forbidden" });
  world.pass({ minutes: 5 });
  for (const by of ["admin", "lead"] as const) {
    const plain = addMember(await world.as(by), engagementId, { userId: world.userId("officer"), role: "observer" });
    await expect(plain).rejects.toMatchObject({ code: "step_up_required" });
  }
  const themself = await world.steppedUp("firmAdmin");
  await expect(
    addMember(themself, engagementId, { userId: world.userId("firmAdmin"), role: "qsa_lead" }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await expect(add("lead", "reviewer", "internal_reviewer")).rejects.toMatchObject({ code: "already_exists" });
  await expect(remove("lead", "reviewer", "observer")).rejects.toMatchObject({ code: "not_found" });
  await addMember(await world.steppedUp("admin"), engagementId, { userId: world.userId("officer"), role: "observer" });
  expect(await rolesOf("officer")).toEqual(["observer"]);
  const emails = async (by: Person) =>
    (await readCandidates(await world.as(by), engagementId)).items.map(({ email }) => email?.split("@")[1]);
  expect(new Set(await emails("lead"))).toEqual(new Set(["entity.example"]));
  expect(new Set(await emails("firmAdmin"))).toEqual(new Set(["firm.example"]));
  expect(await emails("qsa")).toEqual([]);
});

it("tells each member the engagement's version with their roles", async () => {
  const old = await makeEngagement(world, { standardVersion: "3.2.1" });
  const { engagements } = await readMe(await world.as("contributor"));
  const versions = Object.fromEntries(engagements.map(({ id, standardVersion }) => [id, standardVersion]));
  expect(versions).toEqual({ [engagementId]: "4.0.1", [old]: "3.2.1" });
});

it("takes the rights away with the role", async () => {
  await remove("firmAdmin", "assistant", "qsa_assistant");
  const members = readMembers(await world.as("assistant"), engagementId);
  await expect(members).rejects.toMatchObject({ code: "not_found" });
  await add("firmAdmin", "assistant", "qsa_assistant");
  expect((await readMembers(await world.as("assistant"), engagementId)).total).toBeGreaterThan(5);
});

it("tells both sides alike which service accounts act, and nobody whose account came along", async () => {
  const { id } = await makeServiceAccount(await world.steppedUp("admin"), {
    ...{ name: "Ticket bridge", purpose: "Brings tickets in.", ownerId: world.userId("officer") },
  });
  await addMember(await world.steppedUp("lead"), engagementId, { userId: id, role: "contributor" });
  // As an engagement from another service brings one along: a name with a role, and nobody who answers for it.
  const came = randomUUID();
  const { prisma } = world.behind;
  const organisationId = world.organisationId("entity");
  await prisma.$transaction([
    prisma.$executeRawUnsafe("SET LOCAL session_replication_role = replica"),
    prisma.user.create({ data: { id: came, email: null, name: "Old bridge (service account)" } }),
    prisma.membership.create({ data: { userId: came, organisationId, role: "member" } }),
    prisma.engagementMember.create({ data: { userId: came, engagementId, organisationId, role: "observer" } }),
  ]);
  const told = async (person: Person) => {
    const { items } = await readMembers(await world.as(person), engagementId);
    return [id, came, world.userId("lead")].map((one) => items.find(({ userId }) => userId === one)?.acts);
  };
  for (const person of ["lead", "contributor", "qsa"] as const) {
    expect(await told(person), person).toEqual([true, false, true]);
  }
  await setServiceAccountDisabled(await world.steppedUp("admin"), id, true);
  for (const person of ["lead", "qsa"] as const) expect(await told(person), person).toEqual([false, false, true]);
});
