import type { Command } from 'commander';
import type { Enrolled, StaffEnrolment } from '../../adapters/staff/enrolments-port';
import { createStaffEnrolments } from '../../adapters/staff/enrolments-postgres';
import { parseIdentityNumber, type IdentityNumber } from '../../domain/identity-number';
import type { Bilingual } from '../../domain/refusal';
import { onRecord } from '../../ops/acts';
import type { Context } from '../context';
import type { Desk } from '../connect';
import { writtenIn, wrongNumber } from '../identity-number';
import { Ended, EXIT, printJson } from '../output';
import { REASON } from '../parsers';

/** Who decides something about families, and so has to be somebody whose kin are known. */
const DECIDING = ['caseworker', 'supervisor', 'committee'] as const;

const SAID: Readonly<Record<Enrolled, Bilingual>> = {
  enrolled: { en: 'enrolled', ar: 'سُجّل' },
  'as-before': { en: 'stands already', ar: 'مسجل من قبل' },
  'another-person': {
    en: 'is enrolled as somebody else: say --replace to take this person instead',
    ar: 'مسجل بأنه شخص آخر: أضف --replace ليحل هذا الشخص محله',
  },
  'another-number': {
    en: 'is for a person who stands under another number, and nobody counts as two: say --move to free that number',
    ar: 'لشخص مسجل برقم آخر، ولا يُحسب أحد باثنين: أضف --move ليُلغى ذلك الرقم',
  },
  'person-unknown': { en: 'has a number that the register does not know', ar: 'له رقم لا يعرفه السجل' },
};

const inLine = (line: number, { en, ar }: Bilingual): Ended =>
  new Ended(EXIT.usage, { en: `line ${line}: ${en}`, ar: `السطر ${line}: ${ar}` });

interface Row {
  readonly staff: string;
  readonly number: IdentityNumber;
}

/** What is wrong is told by line and rule; the number itself is not repeated. */
function rowOf(staff: string, written: string, line: number): Row {
  const parsed = parseIdentityNumber(written.trim());
  if ('refusal' in parsed) throw inLine(line, wrongNumber(parsed.refusal));
  if (!/^[\w.@-]{1,64}$/.test(staff)) throw inLine(line, { en: 'that is no staff number', ar: 'ليس هذا رقم موظف' });
  return { staff, number: parsed.number };
}

function rowsIn(written: string): Row[] {
  const lines = written.split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, i) => {
    if (line === '') return [];
    const [staff = '', number = '', ...more] = line.split(',').map((cell) => cell.trim());
    if (more.length > 0)
      throw inLine(i + 1, { en: 'it is to be staff number, identity number', ar: 'يُكتب فيه رقم الموظف ثم رقم الهوية' });
    return [rowOf(staff, number, i + 1)];
  });
}

type How = Pick<StaffEnrolment, 'replace' | 'move'>;

async function enrolAll(desk: Desk, rows: readonly Row[], reason: string, how: How) {
  const by = await desk.actor(['operator']);
  const enrolments = createStaffEnrolments(desk.database);
  const results: { staff: string; result: Enrolled }[] = [];
  for (const { staff, number } of rows) {
    const person = desk.vault.personRef(number);
    const act = { what: 'staff-enrol', about: { staff, person }, actor: by, reason } as const;
    const reasonRef = await onRecord(desk, act);
    results.push({ staff, result: await enrolments.enrol({ staff, person, by: by.id, reasonRef, ...how }) });
  }
  return results;
}

/** Which person of the register each member of staff is. Who is not enrolled decides nothing about families. */
export function staffCommands(program: Command, { output, desk, json, said, table }: Context): void {
  const staff = program.command('staff').description('which person of the register each member of staff is');
  const tell = (results: readonly { staff: string; result: Enrolled }[]): void => {
    if (json()) printJson(output, results);
    else for (const { staff: number, result } of results) output.out(`${number} ${said(SAID[result])}`);
    if (results.some(({ result }) => result !== 'enrolled' && result !== 'as-before'))
      throw new Ended(EXIT.found, { en: 'Not everybody was enrolled.', ar: 'لم يُسجل الجميع.' });
  };

  interface Options {
    readonly file?: string;
    readonly reason: string;
    readonly replace?: boolean;
    readonly move?: boolean;
  }
  const howOf = ({ replace = false, move = false }: Partial<How>): How => ({ replace, move });
  const MOVE = ['--move', 'the person stands under another number: free that one'] as const;
  staff
    .command('enrol <staff>')
    .description(
      'tie a staff number to a person of the register; the identity number is read from stdin, or from a file',
    )
    .option('--file <path>', 'read the identity number from here')
    .option('--replace', 'take this person instead of the one who stands under the number')
    .option(...MOVE)
    .requiredOption(...REASON)
    .action((number: string, { file, reason, ...how }: Options) =>
      desk(async (at) => tell(await enrolAll(at, [rowOf(number, await writtenIn(file), 1)], reason, howOf(how)))),
    );
  staff
    .command('import')
    .description('the same for many: lines of staff number and identity number with a comma between them')
    .option('--file <path>', 'read the lines from here')
    .option('--replace', 'take these people instead of those who stand under the numbers')
    .option(...MOVE)
    .requiredOption(...REASON)
    .action(({ file, reason, ...how }: Options) =>
      desk(async (at) => tell(await enrolAll(at, rowsIn(await writtenIn(file)), reason, howOf(how)))),
    );
  staff
    .command('unknown')
    .description('who has signed in to decide and is not enrolled: they can decide nothing about families')
    .action(() =>
      desk(async (at) => {
        const unknown = await createStaffEnrolments(at.database).unknown(DECIDING);
        if (json()) printJson(output, unknown);
        else
          table(
            { en: ['staff', 'roles'], ar: ['الموظف', 'الأدوار'] },
            unknown.map(({ staff: number, roles }) => [number, roles.join(', ')]),
          );
        if (unknown.length > 0) throw new Ended(EXIT.found);
      }),
    );
}
