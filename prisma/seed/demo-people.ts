import { DEMO_CAST, DEMO_ORGANISATIONS, type DemoPersonKey } from "./demo/people";

/** The password of every demo account; shown on the sign-in page in demo mode. */
export const DEMO_PASSWORD = "quiet-harbour-lane";

/** A sign-in of the demo, as the sign-in page lists it. */
export interface DemoSignIn {
  readonly email: string;
  readonly name: string;
  readonly organisation: string;
  /** What the person does, in words. */
  readonly roles: string;
  readonly password: string;
}

const ROLES: Readonly<Record<DemoPersonKey, string>> = {
  aisha: "Compliance lead",
  jonas: "Contributor, cloud platform",
  marta: "Contributor, security operations",
  daniel: "Internal reviewer",
  ruth: "Observer, executive",
  priya: "Organisation admin",
  samuel: "QSA lead",
  ines: "QSA assistant",
  grace: "Assessor company admin",
  tomasz: "Compliance lead and admin",
  viktor: "Contributor",
  eleni: "ISA, decides in place of a QSA",
};

/** All demo sign-ins, in the order in which they are worth trying. */
export const DEMO_PEOPLE: readonly DemoSignIn[] = (Object.keys(ROLES) as DemoPersonKey[]).map((key) => {
  const person = DEMO_CAST.find((one) => one.key === key);
  const organisation = DEMO_ORGANISATIONS.find((one) => one.key === person?.organisation);
  if (!person || !organisation) throw new Error(`The demo's cast lacks ${key}.`);
  return {
    email: person.email,
    name: person.name,
    organisation: organisation.name,
    roles: ROLES[key],
    password: DEMO_PASSWORD,
  };
});
