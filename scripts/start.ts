import { launch } from "./launcher/launch";

/** `npm start`: builds when sources changed and runs Countervail until Ctrl-C. */
export function main(): Promise<number> {
  // What libraries will drop one day is of no use to an operator; developers see it.
  process.noDeprecation = true;
  return launch("start");
}
