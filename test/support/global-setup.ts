import { startBroker, type EngineBroker } from './engine-broker';

declare global {
  var engineBroker: EngineBroker | undefined;
}

/** Costs nothing by itself: engines are started when the first test asks. See `engine.ts`. */
export default async function globalSetup(): Promise<void> {
  globalThis.engineBroker = await startBroker();
  process.env.TAJDID_TEST_ENGINE = globalThis.engineBroker.url;
}
