import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { erasureRefusals, type ErasureRefusal } from '../../adapters/erasures/port';
import { createErasures } from '../../adapters/erasures/postgres';
import { OutsideFailure } from '../../domain/failures';
import { keepReason } from '../../ops/reason';
import type { Context } from '../context';
import type { Desk } from '../connect';
import { identityNumberFrom } from '../identity-number';
import { Ended, EXIT, printJson, table } from '../output';
import { numberIn } from '../parsers';

const MOST = 50;

const WHY: Readonly<Record<ErasureRefusal, string>> = {
  'person-unknown': 'the register does not know this person',
  'person-erased': 'this person is erased already',
  'open-case': 'a case of this person, or one that concerns them, is still at work',
  'card-in-force': 'this person has a card, or one is being made',
  'in-family-records': 'this person stands in the family records of others',
  'no-such-erasure': 'nobody asked for this one',
  'erasure-made': 'it was made already',
  'erasure-too-old': 'it was asked for more than 30 days ago: ask again',
  'asked-by-the-same': 'whoever asked for it cannot confirm it: another operator has to',
};

const isRefusal = (code: string): code is ErasureRefusal => (erasureRefusals as readonly string[]).includes(code);

async function unlessRefused<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OutsideFailure && error.kind === 'refused' && isRefusal(error.code))
      throw new Ended(EXIT.found, `Not erased (${error.code}): ${WHY[error.code]}.`);
    throw error;
  }
}

async function said(desk: Desk, reason: string): Promise<{ by: string; reasonRef: string }> {
  const { id: by } = await desk.actor(['operator']);
  return { by, reasonRef: await keepReason(desk.vault, `erasure_${randomUUID()}`, reason, by) };
}

/** One operator asks, another one confirms. What the person's key has encrypted can be read by nobody from then on. */
export function erasureCommands(program: Command, { output, desk, json }: Context): void {
  const erasure = program.command('erasure').description('erase a person for good; two operators have to agree');
  erasure
    .command('ask')
    .description('ask for it; the identity number is read from stdin, or from a file')
    .option('--file <path>', 'read the identity number from here')
    .requiredOption('--reason <text>', 'why, for the record')
    .action(({ file, reason }: { file?: string; reason: string }) =>
      desk(async (at) => {
        const person = at.vault.personRef(await identityNumberFrom(file));
        const id = await unlessRefused(createErasures(at.database).ask({ ...(await said(at, reason)), person }));
        if (json()) printJson(output, { id });
        else
          output.out(`Asked for as ${id}. Another operator confirms it: tajdid erasure confirm ${id} --reason "..."`);
      }),
    );
  erasure
    .command('confirm <id>')
    .description('erase the person for whom another operator asked it; it can never be undone')
    .requiredOption('--reason <text>', 'why, for the record')
    .action((id: string, { reason }: { reason: string }) =>
      desk(async (at) => {
        const number = numberIn(1, 2 ** 53 - 1, true)(id);
        await unlessRefused(createErasures(at.database).confirm({ ...(await said(at, reason)), id: number }));
        if (json()) printJson(output, { id: number, erased: true });
        else output.out(`The person of ${id} is erased.`);
      }),
    );
  erasure
    .command('list')
    .description('what was asked for and what was confirmed, the newest first')
    .action(() =>
      desk(async (at) => {
        const recent = await createErasures(at.database).recent(MOST);
        if (json()) return printJson(output, recent);
        const rows = recent.map((each) => [each.id, each.askedAt, each.askedBy, each.confirmedAt, each.confirmedBy]);
        for (const line of table(['number', 'asked at', 'by', 'confirmed at', 'by'], rows)) output.out(line);
      }),
    );
}
