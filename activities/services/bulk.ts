import type { Documents } from '../../adapters/documents/port';
import type { Vault } from '../../adapters/vault/port';
import type { BulkLine, Verifications } from '../../adapters/verifications/port';
import { beneficiaryOf, type PersonNumber } from '../../domain/identity-number';
import { bulkPerson, type BulkFile } from '../../domain/services/bulk-file';
import { instant } from '../../domain/time';
import type { BulkActivities } from '../../workflows/services/messages';

/** Lines in one statement: some tens of milliseconds of work. */
const STATEMENT = 250;
/** Some minutes of tries for a line that cannot be asked; then the rest of the file goes on without it. */
const TRIES = 10;

export interface BulkPorts {
  readonly verifications: Verifications;
  readonly documents: Pick<Documents, 'get'>;
  readonly vault: Pick<Vault, 'personRef' | 'erasePerson'>;
  readonly now: () => number;
  readonly beat: () => void;
  /** Which try this is, from 1. */
  readonly attempt: () => number;
}

export function createBulkActivities({
  verifications,
  documents,
  vault,
  now,
  beat,
  attempt,
}: BulkPorts): BulkActivities {
  /** Of a file that was forgotten before its time, none. */
  const questionsOf = async (bulk: string): Promise<(from: number, to: number) => BulkLine[]> => {
    const state = await verifications.bulk(bulk);
    const kept = state && (await documents.get(state.documentRef));
    if (!kept) return () => [];
    const file = JSON.parse(Buffer.from(kept.bytes).toString()) as BulkFile;
    return (from, to) =>
      file.lines.flatMap((line) => {
        if ('refusal' in line || line.line < from || line.line > to) return [];
        const number = line.number as PersonNumber;
        const { birthDate = null, serial = null } = line;
        return [
          {
            line: line.line,
            person: vault.personRef(number),
            beneficiary: beneficiaryOf(number),
            birthDate,
            serial,
            client: file.client,
            channel: file.channel,
          },
        ];
      });
  };

  return {
    async checkBulkLines({ bulk, from, to }) {
      const questions = await questionsOf(bulk);
      for (let at = from; at <= to; at += STATEMENT) {
        beat();
        const lines = questions(at, Math.min(at + STATEMENT - 1, to));
        const answered = await verifications.checkLines(bulk, lines, instant(now()), attempt() >= TRIES);
        if (answered.retryAt !== null) return answered;
      }
      return { retryAt: null };
    },
    endBulk: ({ bulk }) => verifications.endBulk(bulk, instant(now())),
    forgetBulk: ({ bulk }) => vault.erasePerson(bulkPerson(bulk)),
  };
}
