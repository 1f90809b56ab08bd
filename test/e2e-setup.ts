import { startApp } from "./running-app";

/**
 * Starts the app with the demo before the first spec and ends it after the last. Specs reach it at `baseURL`. An address
 * in E2E_URL is used as it is, for trying single specs against an app that runs already.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL) return async () => undefined;
  const app = await startApp();
  process.env.E2E_URL = app.url;
  return async () => {
    delete process.env.E2E_URL;
    await app.stop();
  };
}
