import { launch } from "./launcher/launch";

/** `npm run dev`: as `npm start`, with Next's development server and a data folder of its own. */
export function main(): Promise<number> {
  process.env.COUNTERVAIL_DATA ||= "./.countervail/dev";
  return launch("dev");
}
