import type { OrganisationKind } from "@/lib/contracts/session";
import type { OrganisationRole } from "@/lib/domain/access/roles";

/** A fictional company and how the demo names it. */
export interface DemoOrganisation {
  readonly key: string;
  readonly kind: OrganisationKind;
  readonly name: string;
}

/** A fictional person. */
export interface DemoPerson {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly email: string;
  readonly role: OrganisationRole;
}

/** The fictional companies of the demo. */
export const DEMO_ORGANISATIONS = [
  { key: "harbourlane", kind: "entity", name: "Harbour Lane Payments" },
  { key: "meridian", kind: "entity", name: "Meridian Pay" },
  { key: "harrow", kind: "assessor", name: "Harrow Assurance" },
] as const satisfies readonly DemoOrganisation[];

const PEOPLE = [
  {
    key: "priya",
    organisation: "harbourlane",
    name: "Priya Nair",
    email: "priya.nair@harbourlane.example",
    role: "admin",
  },
  {
    key: "aisha",
    organisation: "harbourlane",
    name: "Aisha Khan",
    email: "aisha.khan@harbourlane.example",
    role: "member",
  },
  {
    key: "jonas",
    organisation: "harbourlane",
    name: "Jonas Lindqvist",
    email: "jonas.lindqvist@harbourlane.example",
    role: "member",
  },
  {
    key: "marta",
    organisation: "harbourlane",
    name: "Marta Bergström",
    email: "marta.bergstrom@harbourlane.example",
    role: "member",
  },
  {
    key: "daniel",
    organisation: "harbourlane",
    name: "Daniel Okoye",
    email: "daniel.okoye@harbourlane.example",
    role: "member",
  },
  {
    key: "ruth",
    organisation: "harbourlane",
    name: "Ruth Steiner",
    email: "ruth.steiner@harbourlane.example",
    role: "member",
  },
  {
    key: "grace",
    organisation: "harrow",
    name: "Grace Holloway",
    email: "grace.holloway@harrow.example",
    role: "admin",
  },
  {
    key: "samuel",
    organisation: "harrow",
    name: "Samuel Whitfield",
    email: "samuel.whitfield@harrow.example",
    role: "member",
  },
  { key: "ines", organisation: "harrow", name: "Inés Ortega", email: "ines.ortega@harrow.example", role: "member" },
  {
    key: "tomasz",
    organisation: "meridian",
    name: "Tomasz Zieliński",
    email: "tomasz.zielinski@meridianpay.example",
    role: "admin",
  },
  {
    key: "eleni",
    organisation: "meridian",
    name: "Eleni Papadaki",
    email: "eleni.papadaki@meridianpay.example",
    role: "member",
  },
  {
    key: "viktor",
    organisation: "meridian",
    name: "Viktor Hale",
    email: "viktor.hale@meridianpay.example",
    role: "member",
  },
] as const satisfies readonly DemoPerson[];

/** How the demo's files name a person. */
export type DemoPersonKey = (typeof PEOPLE)[number]["key"];

/** The fictional people of the demo, with the keys that the other files use. */
export const DEMO_CAST: readonly (DemoPerson & { readonly key: DemoPersonKey })[] = PEOPLE;
