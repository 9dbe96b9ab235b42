import type { CaseRow } from '../../../adapters/case-log/port';
import { createCaseLog } from '../../../adapters/case-log/postgres';
import { evolve } from '../../../domain/case/core';
import type { AnyEvent, CaseFile, CaseType, Filing, Recorded } from '../../../domain/case/model';
import { rowOf as realRow } from '../../../domain/case/row';
import { openDatabase, type Database } from '../../../adapters/postgres/database';
import { migrate } from '../../../adapters/postgres/migrate';
import { migrations, type Migration } from '../../../adapters/postgres/migrations';
import { createMigratedDatabase, createTestDatabase } from '../../support/engine';

export interface MigratedDatabase {
  readonly database: Database;
  readonly url: string;
  drop(): Promise<void>;
}

/** As it was before this migration. */
export const before = (id: number): Promise<MigratedDatabase> =>
  migratedDatabase(migrations.filter((each) => each.id < id));

export async function migratedDatabase(wanted?: readonly Migration[]): Promise<MigratedDatabase> {
  const { url, drop } = await (wanted ? createTestDatabase() : createMigratedDatabase());
  if (wanted) await migrate(url, wanted);
  const database = openDatabase({ url });
  return {
    database,
    url,
    drop: async () => {
      await database.close();
      await drop();
    },
  };
}

export const FILED_AT = '2026-11-01T08:00:00.000Z';

export const fileOf = (id: string, version: number, more: Partial<CaseFile> = {}): CaseFile => ({
  id,
  type: 'id-renewal',
  version,
  stage: 'IN_REVIEW',
  stageSince: FILED_AT,
  pausedMs: 0,
  channel: 'absher-individuals',
  clientId: 'portal-1',
  subject: 'p_someone',
  office: 'riyadh-1',
  filedAt: FILED_AT,
  policyVersion: '2026-01',
  decisions: [],
  ...more,
});

export const rowOf = (file: CaseFile, more: Partial<CaseRow> = {}): CaseRow => ({
  status: file.stage,
  waitingWhat: 'review',
  waitingWho: 'caseworker',
  waitingUntil: '2026-11-03T08:00:00.000Z',
  claimedBy: null,
  overdue: false,
  people: [],
  file,
  ...more,
});

/** `count` events from `version` on; the facts are awkward on purpose, for they come back through jsonb. */
export const eventsOf = (caseId: string, version: number, count: number, note = 'note'): Recorded[] =>
  Array.from({ length: count }, (_, i) => ({
    caseId,
    version: version + i,
    at: `2026-11-01T08:00:0${i % 10}.123Z`,
    actor: { id: 'cw-7', role: 'caseworker', office: 'riyadh-1' },
    cause: `action-${version}`,
    event: {
      type: 'NoteTaken',
      zulu: 1.5,
      alpha: { b: [1, null, 1e21, -0.25], a: 'ه"\\\n' },
      note,
      rank: 10 ** i,
    } as AnyEvent,
  }));

/** Puts a case on record as its events tell it, an append for each. */
export async function putOnRecord(
  database: Database,
  type: CaseType,
  filing: Filing,
  log: readonly Recorded[],
): Promise<void> {
  const kept = createCaseLog(database);
  let file = type.open(filing);
  for (const recorded of log) {
    file = evolve(type, file, recorded);
    await kept.append([recorded], realRow(type, file, recorded.at));
  }
}
