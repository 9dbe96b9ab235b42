import { connectEnrol } from '../adapters/register/connect-enrol';
import type { EnrolledPerson } from '../adapters/register/enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { staffAsPeople } from '../demo/staff';
import type { NoticeSent, Stage } from '../demo/stage';
import { approve, consent } from '../demo/story/acts';
import { firstCardCaseId, newDecisionCaseId } from '../domain/case/following';
import { addDays, addYears, type LocalDate } from '../domain/time';
import type { Endings } from './endings';
import { enrolMonth } from './month-people';
import type { BenchSystem } from './system';

/** An event as often as it is wanted, each time about people of its own. */
export interface FamilyEventRun {
  readonly name: string;
  /** Type and status of the cases that one of them comes to, those from before the clock runs included. */
  readonly ends: readonly string[];
  /** What is there before it is reported: the paper of the hospital or the court, or the rejected case. */
  before(n: number): Promise<void>;
  /** From its filing to the end of the last case that it comes to; answers their ids. */
  run(n: number): Promise<readonly string[]>;
}

interface Couple {
  readonly husband: string;
  readonly wife: string;
}

const CASEWORKER = 'staff-102';
const SUPERVISOR = 'staff-202';
const OTHER_SUPERVISOR = 'staff-201';
const DONE = 'family-registration COMPLETED';
const RIGHT = 'reporter-has-the-right';
const COUPLES = ['birth', 'marriage', 'divorce', 'death', 'appeal', 'correction', 'revocation'] as const;
type OfCouples = (typeof COUPLES)[number];

/** Men and women who are kin to none of the staff; married, but for those who are about to be. */
async function enrolCouples({ config, system }: BenchSystem, count: number, today: LocalDate) {
  const { enrol, family, close } = connectEnrol({
    databaseUrl: system.engine.databaseUrl,
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
  });
  const enter = async (people: readonly EnrolledPerson[]): Promise<string[]> =>
    (await enrol(people)).map(({ person }) => person);
  try {
    const staff = staffAsPeople(today);
    const officials = await enter(staff.map(({ person }) => person));
    for (const [i, { sub }] of staff.entries()) await family.staff(sub, officials[i] ?? '');
    const people = generatePeople({
      seed: 'family bench',
      count: 2 * count * COUPLES.length,
      today,
      residents: 0,
      ages: { from: 25, to: 45 },
    }).map((person, i): EnrolledPerson => ({ ...asEnrolled(person), sex: i % 2 === 0 ? 'M' : 'F' }));
    const refs = await enter(people);
    const couples = new Map<OfCouples, readonly Couple[]>();
    for (const [nth, event] of COUPLES.entries()) {
      const own: Couple[] = [];
      for (let i = 2 * nth * count; i < 2 * (nth + 1) * count; i += 2) {
        own.push({ husband: people[i]?.number ?? '', wife: people[i + 1]?.number ?? '' });
        const [husband = '', wife = ''] = refs.slice(i, i + 2);
        if (event !== 'marriage') await family.ties([{ kind: 'marriage', on: addYears(today, -3), husband, wife }]);
      }
      couples.set(event, own);
    }
    return couples;
  } finally {
    await close();
  }
}

/** The five events, an appeal, a correction and a revocation, for so many of each, by the calls that portals and staff make. */
export async function familyEvents(
  bench: BenchSystem,
  stage: Stage,
  endings: Endings,
  { count, today }: { readonly count: number; readonly today: LocalDate },
): Promise<readonly FamilyEventRun[]> {
  const { portal } = stage;
  const { families } = await enrolMonth(bench, portal, { renewing: [], families: count });
  const couples = await enrolCouples(bench, count, today);
  const coupleOf = (event: OfCouples, n: number): Couple => couples.get(event)?.[n] ?? { husband: '', wife: '' };
  const on = addDays(today, -3);
  const referenceOf = (event: string, n: number): string => `${event} ${n}`;
  const noticeOf = (kind: NoticeSent['kind'], n: number, people: readonly string[], of: string = kind) =>
    stage.notice({ reference: referenceOf(of, n), kind, on, people });

  /** Files, does what people have to do, and waits until the cases have ended as they should. */
  const whole = async (
    type: string,
    key: string,
    [applicant, application]: readonly [string, object],
    ends: readonly (readonly [caseId: string, status: string])[],
    acts: (caseId: string) => Promise<unknown> = async () => undefined,
  ): Promise<readonly string[]> => {
    const ended = Promise.all(ends.map(([caseId]) => endings.of(caseId)));
    const { id } = await portal.file(key, type, applicant, application);
    await acts(id);
    for (const [i, status] of (await ended).entries())
      if (status !== ends[i]?.[1]) throw new Error(`${ends[i]?.[0]} ended as ${status} and not ${ends[i]?.[1]}`);
    return ends.map(([caseId]) => caseId);
  };
  const family = (key: string): string => stage.caseId('family-registration', key);
  const approved = (caseId: string): Promise<void> => approve(stage, caseId, CASEWORKER);

  const identification: FamilyEventRun = {
    name: 'identification, first card',
    ends: [DONE, 'id-renewal COMPLETED'],
    before: async () => undefined,
    run(n) {
      const { father, child, photo } = families[n] ?? { father: '', child: '', photo: '' };
      const key = `identification-${n}`;
      const id = family(key);
      const application = { event: 'member-identification', member: child, photo };
      const card = firstCardCaseId(id);
      return whole(
        'family-registration',
        key,
        [father, application],
        [
          [id, 'COMPLETED'],
          [card, 'COMPLETED'],
        ],
      );
    },
  };

  const reviewed = (
    event: 'birth' | 'marriage' | 'divorce' | 'death',
    report: (couple: Couple, n: number) => readonly [reporter: string, application: object, named: readonly string[]],
    acts = (caseId: string, _couple: Couple): Promise<unknown> => approved(caseId),
  ): FamilyEventRun => ({
    name: event,
    ends: [DONE],
    before: (n) => noticeOf(event, n, report(coupleOf(event, n), n)[2]),
    run(n) {
      const couple = coupleOf(event, n);
      const [reporter, application] = report(couple, n);
      const key = `${event}-${n}`;
      const whatIsSaid = { event, on, ...application, notice: referenceOf(event, n) };
      return whole('family-registration', key, [reporter, whatIsSaid], [[family(key), 'COMPLETED']], (id) =>
        acts(id, couple),
      );
    },
  });

  /** Of a death that a neighbour reported: the appeal, and the case that decides anew. */
  const appeal: FamilyEventRun = {
    name: 'appeal, decided anew',
    ends: ['family-registration REJECTED', 'appeal ALLOWED', DONE],
    async before(n) {
      const { husband } = coupleOf('appeal', n);
      const { wife: neighbour } = coupleOf('appeal', (n + 1) % count);
      await noticeOf('death', n, [husband], 'appealed');
      const application = { event: 'death', on, deceased: husband, notice: referenceOf('appealed', n) };
      const { id, refusedBy } = await portal.file(`appealed-${n}`, 'family-registration', neighbour, application);
      if (!refusedBy?.some(({ rule }) => rule === RIGHT)) throw new Error(`${id} was not refused`);
    },
    run(n) {
      const { wife: neighbour } = coupleOf('appeal', (n + 1) % count);
      const id = stage.caseId('appeal', `appeal-${n}`);
      const rejected = family(`appealed-${n}`);
      const anew = newDecisionCaseId(id, rejected);
      const application = { case: rejected, grounds: 'Nobody of the family lives in this country.' };
      return whole(
        'appeal',
        `appeal-${n}`,
        [neighbour, application],
        [
          [id, 'ALLOWED'],
          [anew, 'COMPLETED'],
        ],
        async () => {
          const supervisor = await stage.staff(SUPERVISOR);
          await supervisor.act(id, 'claim');
          await supervisor.act(id, 'allow', { waives: [RIGHT], reason: 'There is nobody else who could.' });
          await approved(anew);
        },
      );
    },
  };

  /** Of a divorce that was registered, asked for by one supervisor and agreed to by another. */
  const amendment = (what: 'correction' | 'revocation', says: object): FamilyEventRun => ({
    name: `${what}, by two people`,
    ends: [DONE, 'record-amendment COMPLETED'],
    async before(n) {
      const { husband, wife } = coupleOf(what, n);
      await noticeOf('divorce', n, [husband, wife], what);
      const application = { event: 'divorce', on, husband, wife, notice: referenceOf(what, n) };
      const key = `divorce-for-${what}-${n}`;
      await whole('family-registration', key, [husband, application], [[family(key), 'COMPLETED']], approved);
    },
    async run(n) {
      const [asker, other] = [await stage.staff(SUPERVISOR), await stage.staff(OTHER_SUPERVISOR)];
      const { id } = await asker.file(`${what}-${n}`, 'record-amendment', coupleOf(what, n).husband, {
        case: family(`divorce-for-${what}-${n}`),
        what,
        why: 'The court has written again.',
        ...says,
      });
      const ended = endings.of(id);
      await other.act(id, 'confirm', { reason: 'I have read what the court wrote.' });
      const status = await ended;
      if (status !== 'COMPLETED') throw new Error(`${id} ended as ${status} and not COMPLETED`);
      return [id];
    },
  });

  return [
    identification,
    reviewed('birth', ({ husband, wife }, n) => {
      const child = { nameAr: 'سالم المولود', nameEn: 'Salem Newborn', sex: n % 2 === 0 ? 'M' : 'F' };
      const application = { father: husband, mother: wife };
      const born = { ...child, birthPlaceAr: 'الرياض', birthPlaceEn: 'Riyadh' };
      return [husband, { ...application, child: born }, [husband, wife]];
    }),
    reviewed(
      'marriage',
      ({ husband, wife }) => [husband, { husband, wife }, [husband, wife]],
      async (id, { wife }) => {
        await consent(stage, id, { identityNumber: wife });
        await approved(id);
      },
    ),
    reviewed('divorce', ({ husband, wife }) => [husband, { husband, wife }, [husband, wife]]),
    reviewed('death', ({ husband, wife }) => [wife, { deceased: husband }, [husband]]),
    appeal,
    amendment('correction', { on: addDays(on, -1) }),
    amendment('revocation', {}),
  ];
}
