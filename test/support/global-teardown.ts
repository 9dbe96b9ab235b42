/** Runs also when tests failed. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.engineBroker?.stop();
}
