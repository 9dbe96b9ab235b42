import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { erasureRefusals, type ErasureRefusal } from '../../adapters/erasures/port';
import { createErasures } from '../../adapters/erasures/postgres';
import { OutsideFailure } from '../../domain/failures';
import type { Bilingual } from '../../domain/refusal';
import { keepReason, reasonIn } from '../../ops/reason';
import type { Context } from '../context';
import type { Desk } from '../connect';
import { identityNumberFrom } from '../identity-number';
import { Ended, EXIT, printJson } from '../output';
import { numberIn, REASON } from '../parsers';

const MOST = 50;

const WHY: Readonly<Record<ErasureRefusal, Bilingual>> = {
  'person-unknown': { en: 'the register does not know this person', ar: 'لا يعرف السجل هذا الشخص' },
  'person-erased': { en: 'this person is erased already', ar: 'مُحي هذا الشخص من قبل' },
  'open-case': {
    en: 'a case of this person, or one that concerns them, is still at work',
    ar: 'لا تزال حالة لهذا الشخص أو تخصه قيد العمل',
  },
  'card-in-force': {
    en: 'this person has a card, or one is being made',
    ar: 'لهذا الشخص بطاقة سارية أو بطاقة قيد الإصدار',
  },
  'in-family-records': {
    en: 'this person stands in the family records of others',
    ar: 'هذا الشخص مقيد في سجلات أسر آخرين',
  },
  'no-such-erasure': { en: 'nobody asked for this one', ar: 'لم يطلب أحد هذا المحو' },
  'erasure-made': { en: 'it was made already', ar: 'نُفّذ من قبل' },
  'erasure-too-old': {
    en: 'it was asked for more than 30 days ago: ask again',
    ar: 'مضى على طلبه أكثر من 30 يومًا: اطلبه من جديد',
  },
  'asked-by-the-same': {
    en: 'whoever asked for it cannot confirm it: another operator has to',
    ar: 'لا يؤكده من طلبه: يؤكده مشغّل آخر',
  },
};

const isRefusal = (code: string): code is ErasureRefusal => (erasureRefusals as readonly string[]).includes(code);

async function unlessRefused<T>(say: Context['said'], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OutsideFailure && error.kind === 'refused' && isRefusal(error.code))
      throw new Ended(
        EXIT.found,
        say({
          en: `Not erased (${error.code}): ${WHY[error.code].en}.`,
          ar: `لم يُمحَ (${error.code}): ${WHY[error.code].ar}.`,
        }),
      );
    throw error;
  }
}

async function actedBy(desk: Desk, reason: string): Promise<{ by: string; reasonRef: string }> {
  const { id: by } = await desk.actor(['operator']);
  return { by, reasonRef: await keepReason(desk.vault, `erasure_${randomUUID()}`, reason, by) };
}

/** One operator asks, another one confirms. What the person's key has encrypted can be read by nobody from then on. */
export function erasureCommands(program: Command, { output, desk, json, said, table }: Context): void {
  const erasure = program.command('erasure').description('erase a person for good; two operators have to agree');
  erasure
    .command('ask')
    .description('ask for it; the identity number is read from stdin, or from a file')
    .option('--file <path>', 'read the identity number from here')
    .requiredOption(...REASON)
    .action(({ file, reason }: { file?: string; reason: string }) =>
      desk(async (at) => {
        const person = at.vault.personRef(await identityNumberFrom(file));
        const id = await unlessRefused(
          said,
          createErasures(at.database).ask({ ...(await actedBy(at, reason)), person }),
        );
        if (json()) printJson(output, { id });
        else
          output.out(
            said({
              en: `Asked for as ${id}. Another operator looks at it (tajdid erasure list) and confirms it: tajdid erasure confirm ${id} --reason "..."`,
              ar: `طُلب برقم ${id}. وينظر فيه مشغّل آخر (tajdid erasure list) ثم يؤكده: tajdid erasure confirm ${id} --reason "..."`,
            }),
          );
      }),
    );
  erasure
    .command('confirm')
    .argument('<id>', 'as it was asked for', numberIn('id', 1, 2 ** 53 - 1, true))
    .description('erase the person for whom another operator asked it; it can never be undone')
    .requiredOption(...REASON)
    .action((id: number, { reason }: { reason: string }) =>
      desk(async (at) => {
        await unlessRefused(said, createErasures(at.database).confirm({ ...(await actedBy(at, reason)), id }));
        if (json()) printJson(output, { id, erased: true });
        else output.out(said({ en: `The person of ${id} is erased.`, ar: `مُحي الشخص المطلوب برقم ${id}.` }));
      }),
    );
  erasure
    .command('list')
    .description('what was asked for and what was confirmed, the newest first')
    .action(() =>
      desk(async (at) => {
        const recent = await Promise.all(
          (await createErasures(at.database).recent(MOST)).map(
            async ({ askedReasonRef, confirmedReasonRef, ...each }) => ({
              ...each,
              why: await reasonIn(at.vault, askedReasonRef),
              confirmedWhy: await reasonIn(at.vault, confirmedReasonRef),
            }),
          ),
        );
        if (json()) return printJson(output, recent);
        const rows = recent.map((each) => [
          each.id,
          each.person,
          each.askedAt,
          each.askedBy,
          each.why,
          each.confirmedAt,
          each.confirmedBy,
          each.confirmedWhy,
        ]);
        table(
          {
            en: ['number', 'person', 'asked at', 'by', 'why', 'confirmed at', 'by', 'why'],
            ar: ['الرقم', 'الشخص', 'طُلب في', 'طلبه', 'السبب', 'أُكد في', 'أكده', 'السبب'],
          },
          rows,
        );
      }),
    );
}
