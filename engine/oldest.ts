/** The oldest servers that have what Tajdid needs: checked at the start, when an engine is looked for, and by the doctor. */
export const OLDEST_POSTGRES = 15;
const OLDEST_TEMPORAL = { major: 1, minor: 32 };
export const oldestTemporal = `${OLDEST_TEMPORAL.major}.${OLDEST_TEMPORAL.minor}`;

/** @param version of a Temporal server, as it tells it: `1.32.0` */
export function isTemporalTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST_TEMPORAL.major || (major === OLDEST_TEMPORAL.major && minor < OLDEST_TEMPORAL.minor);
}
