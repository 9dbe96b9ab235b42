import { within } from './within';

export type Checks = Readonly<Record<string, () => Promise<unknown>>>;

/** A check that takes longer counts as failed. */
const PATIENCE = 2_000;

/** Whether each thing that requests need answers now. */
export const lookedAt = (checks: Checks): Promise<readonly (readonly [name: string, up: boolean])[]> =>
  Promise.all(
    Object.entries(checks).map(
      async ([name, check]) => [name, (await within(PATIENCE, async () => (await check(), true))) === true] as const,
    ),
  );
