import { launch } from "./launcher/launch";

/** `npm start`: builds when sources changed and runs Countervail until Ctrl-C. */
export function main(): Promise<number> {
  return launch("start");
}
