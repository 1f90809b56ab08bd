import { startApp } from "./running-app";

/**
 * Starts the app with the demo before the first spec and ends it after the last. Specs reach it at `baseURL`, and its
 * database by the folder in E2E_DATA. With both E2E_URL and E2E_DATA set, single specs are tried against an app that
 * runs already.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL) return async () => undefined;
  const app = await startApp();
  process.env.E2E_URL = app.url;
  process.env.E2E_DATA = app.dataFolder;
  return async () => {
    delete process.env.E2E_URL;
    delete process.env.E2E_DATA;
    await app.stop();
  };
}
