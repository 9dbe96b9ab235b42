import { asking } from '../../../activities/stages/ask';
import type { Steps } from '../../../activities/step';
import {
  askBeforeClosing,
  askPayment,
  closePayment,
  expirePayment,
  keepPayment,
  refundNext,
  requestPayment,
} from '../../../activities/stages/payment';
import type { NewChild } from '../../../adapters/register/family-port';
import { applicationOf as keptApplication } from '../../../adapters/vault/port';
import { appliedAt } from '../../../domain/case/file';
import { scoreBirths, type BirthSketch } from '../../../domain/family/duplicates';
import { isObjection } from '../../../domain/family/objection-texts';
import { OutsideFailure } from '../../../domain/failures';
import type { IdentityNumber } from '../../../domain/identity-number';
import { credited } from '../../../domain/quote';
import { addDays, daysBetween, riyadhDate, type LocalDate } from '../../../domain/time';
import { refused } from '../../stages/operators';
import { reviewSteps } from '../../stages/review';
import { limitsOf } from '../../../domain/policies/personal-status';
import {
  askConsent,
  expireConsent,
  notifyEnded,
  notifyRegistered,
  openReview,
  remindConsent,
  tell,
  type Context,
} from './deciding-steps';
import { assessReport, eligibilityRules, eventOf, guardiansOf } from './eligibility';
import type { Candidate, FamilyCaseEvent } from './events';
import { peopleOf, type FamilyFile } from './file';
import { idCaseOf, outcomeOf, owedRefunds, receiveFamily } from './next';
import { noticeMismatches } from './notice';
import { familyPolicy } from './policy';

/** What of the application the steps read, in the vault. Personal data. */
interface ReportedApplication {
  readonly event: string;
  readonly on?: string;
  readonly notice?: string;
  readonly father?: IdentityNumber;
  readonly mother?: IdentityNumber;
  readonly child?: NewChild & { readonly sex: 'M' | 'F' };
}

/** A case that follows from an allowed appeal has the application of the case that was appealed. */
async function applicationOf(
  ctx: Context,
  caseId: string = ctx.file.appeal?.original ?? ctx.file.id,
): Promise<ReportedApplication> {
  const kept = await keptApplication<{ application: ReportedApplication }>(ctx.ports.vault, caseId);
  if (!kept)
    throw new OutsideFailure('refused', 'vault', 'application-erased', 'The application is not in the vault any more.');
  return kept.application;
}

/** Of two reports of one event only one may be open; the places say who was first. */
function placesOf({ event, parties }: FamilyFile): string[] {
  switch (event) {
    case 'member-identification':
      return [`family/identification/${parties.member}`];
    case 'birth':
      return [];
    case 'marriage':
    case 'divorce':
      return [`family/${event}/${parties.husband}/${parties.wife}`];
    case 'death':
      return [`family/death/${parties.deceased}`];
  }
}

interface Refused {
  readonly refusedBy: string[];
  readonly linkedTo?: string;
}

function refuse(ctx: Context, { refusedBy, ...link }: Refused): void {
  refused(ctx.file, { type: 'ApplicationRefused', rules: refusedBy, ...link } as const).forEach((event) =>
    ctx.emit(event),
  );
}

async function checkEligibility(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const application = await applicationOf(ctx);
  const mark = application.notice ? ports.evidence.markOf(application.notice) : undefined;
  const assess = async (): Promise<ReturnType<typeof assessReport> | Refused> => {
    const [graph, standing] = await Promise.all([
      ports.family.graph(peopleOf(file)),
      mark ? ports.family.byNotice(mark) : null,
    ]);
    const [people, photo] = await Promise.all([
      ports.family.people([...peopleOf(file), ...guardiansOf(file, graph)]),
      file.photoRef ? ports.documents.find(file.photoRef) : undefined,
    ]);
    // With somebody else's face the member would be identified and then refused their card.
    if (photo !== undefined && photo?.person !== file.parties.member) return { refusedBy: ['photo-usable'] };
    // As of the day of the report: neither an appeal nor an operator who goes back makes it any later.
    const reported = riyadhDate(appliedAt(file));
    const assessed = assessReport(file, { people, graph }, familyPolicy(file.policyVersion), reported);
    if ('refusedBy' in assessed) return assessed;
    if (assessed.noticeNeeded && !application.notice) return { refusedBy: ['notice'] };
    if (!standing) return assessed;
    return { refusedBy: ['already-reported'], ...(standing.caseId ? { linkedTo: standing.caseId } : {}) };
  };
  const first = await assess();
  if ('refusedBy' in first) return refuse(ctx, first);
  for (const place of [...placesOf(file), ...(mark ? [`family/notice/${mark}`] : [])]) {
    const { heldBy } = await ports.log.takePlace(place, file.id);
    if (heldBy !== file.id) return refuse(ctx, { refusedBy: ['already-reported'], linkedTo: heldBy });
  }
  // Who held a place before may have registered the event after the first look: only now can nobody else.
  const assessed = await assess();
  if ('refusedBy' in assessed) return refuse(ctx, assessed);
  const quote = credited(assessed.quote, file.appeal?.paid);
  ctx.emit({ type: 'ApplicationAccepted', ...assessed, quote, rules: eligibilityRules });
}

async function askNotice(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const { notice: reference } = await applicationOf(ctx);
  const asked = await asking(ctx, async () => (reference ? ports.evidence.notice(reference) : null));
  if ('unanswered' in asked) return ctx.emit({ type: 'NoticeMissing', unanswered: asked.unanswered });
  const notice = asked.answer;
  if (!notice) return ctx.emit({ type: 'NoticeMissing' });
  const people = new Set(notice.people.map((number) => ports.vault.personRef(number as IdentityNumber)));
  ctx.emit({ type: 'NoticeFound', mismatches: noticeMismatches(file, { ...notice, people }) });
}

/** The birth that an application tells of, on the day that its case holds it to have been. */
function sketchOf(
  { ports }: Context,
  { event, child, father, mother, ...told }: ReportedApplication,
  on: LocalDate | null | undefined,
): BirthSketch | undefined {
  const day = on ?? told.on;
  if (event !== 'birth' || !child || !day || !father || !mother) return undefined;
  const { personRef } = ports.vault;
  return { name: child.nameAr, on: day, sex: child.sex, father: personRef(father), mother: personRef(mother) };
}

/** Another open report. One that has only taken its place yet is known by nothing but its application. */
async function otherSketch(ctx: Context, caseId: string): Promise<BirthSketch | undefined> {
  const other = await ctx.ports.caseLinks.find(caseId);
  return sketchOf(ctx, await applicationOf(ctx, other?.original ?? caseId), other?.on);
}

/** First the places, then the look: of two reports at the same moment one at least sees the other. */
async function otherReports({ file, ports }: Context, parents: readonly string[]): Promise<string[]> {
  const others = new Set<string>();
  for (const parent of parents) {
    others.add((await ports.log.takePlace(`family/birth/${parent}`, file.id)).heldBy);
    for (const { caseId, event } of await ports.caseLinks.openConcerning(parent))
      if (event === 'birth') others.add(caseId);
  }
  others.delete(file.id);
  return [...others];
}

/** Candidates are the register's births of these parents about that time, and the open reports of either's. Names are compared here and go no further. */
async function checkDuplicates(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const { father, mother } = file.parties;
  if (file.event !== 'birth' || !father || !mother)
    return ctx.emit({ type: 'DuplicatesChecked', candidates: [], hit: false });
  const own = sketchOf(ctx, await applicationOf(ctx), file.on);
  if (!own) throw new OutsideFailure('defect', 'vault', 'no-child', 'The report of a birth has no child.');
  const others = await otherReports(ctx, [mother, father]);
  const policy = familyPolicy(file.policyVersion);
  const weights = policy.duplicateWeights.value;
  const { nearDays } = weights;
  const registered = await ports.family.births(
    [father, mother],
    addDays(file.on, -nearDays),
    addDays(file.on, nearDays),
  );
  const scored = await Promise.all([
    ...registered.map(async (birth): Promise<Candidate> => {
      const { nameAr } = await ports.family.nameOf(birth.person);
      const sketch = {
        name: nameAr,
        on: birth.birthDate,
        sex: birth.sex,
        father: birth.father ?? '',
        mother: birth.mother ?? '',
      };
      return { ref: birth.person, ...scoreBirths(own, sketch, weights) };
    }),
    ...others.map(async (caseId): Promise<Candidate | undefined> => {
      const sketch = await otherSketch(ctx, caseId);
      // As with those in the register: brothers of another year share the parents and most of the name.
      return sketch && Math.abs(daysBetween(own.on, sketch.on)) <= nearDays
        ? { ref: caseId, ...scoreBirths(own, sketch, weights) }
        : undefined;
    }),
  ]);
  const threshold = policy.duplicateScore.value;
  const candidates = scored
    .filter((candidate): candidate is Candidate => candidate !== undefined && candidate.score >= threshold)
    .sort((a, b) => b.score - a.score);
  ctx.emit({ type: 'DuplicatesChecked', candidates, hit: candidates.length > 0 });
}

/** Words with which the register says no: the case ends with them as its answer. Everything else it says is an incident. */
const saysNo = (code: string): boolean => isObjection(code) || code === 'already-reported';

/** The point of no return: one register transaction under one key, however often its answer is lost. */
async function register(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  if (file.accepted?.on !== undefined && file.accepted.on !== file.on)
    throw new OutsideFailure(
      'refused',
      'case',
      'checked-for-another-date',
      'The date of the event was repaired after it was checked: reset to "check-eligibility".',
    );
  const application = await applicationOf(ctx);
  const relation = file.relation ?? file.accepted?.relation;
  const event = eventOf({ ...file, ...(relation ? { relation } : {}) });
  const reported =
    event.kind === 'birth'
      ? { kind: event.kind, on: event.on, father: event.father, mother: event.mother, sex: event.sex }
      : event;
  const child = application.child;
  try {
    const { registration, child: person } = await ports.family.register({
      key: ctx.key('register'),
      caseId: file.id,
      event: reported,
      limits: limitsOf(familyPolicy(file.policyVersion)),
      ...(application.notice ? { notice: ports.evidence.markOf(application.notice) } : {}),
      ...(child
        ? {
            child: {
              nameAr: child.nameAr,
              nameEn: child.nameEn,
              birthPlaceAr: child.birthPlaceAr,
              birthPlaceEn: child.birthPlaceEn,
            },
          }
        : {}),
    });
    ctx.emit({ type: 'EventRegistered', registration, ...(person ? { child: person } : {}) });
  } catch (error) {
    if (!(error instanceof OutsideFailure && error.kind === 'refused' && saysNo(error.code))) throw error;
    ctx.emit({ type: 'EndingStarted', why: 'register-refused', rule: error.code });
  }
}

/** After a reset that kept the entry. One that an amendment has reversed meanwhile leaves the case nothing to do but end. */
async function keepRegistration(ctx: Context): Promise<void> {
  const { key } = registrationOf(ctx);
  if (await ctx.ports.family.registrationOf(key)) ctx.emit({ type: 'RegistrationKept', registration: key });
  else ctx.emit({ type: 'EndingStarted', why: 'entry-reversed', rule: 'entry-reversed' });
}

function registrationOf({ file }: Context): NonNullable<FamilyFile['registration']> {
  if (!file.registration)
    throw new OutsideFailure('defect', 'case', 'not-registered', 'The case has no registration in this step.');
  return file.registration;
}

async function issueCertificate(ctx: Context): Promise<void> {
  try {
    const { serial } = await ctx.ports.family.certify({
      key: ctx.key('certificate'),
      caseId: ctx.file.id,
      registration: registrationOf(ctx).key,
    });
    ctx.emit({ type: 'CertificateIssued', serial });
  } catch (error) {
    if (!(error instanceof OutsideFailure && error.code === 'entry-reversed')) throw error;
    ctx.emit({ type: 'EndingStarted', why: 'entry-reversed', rule: 'entry-reversed' });
  }
}

/** Open cases that have not been told of the death: what it is to one, its own type says (`receive`). */
async function untoldCases({ file, ports }: Context): Promise<string[]> {
  const open = await ports.caseLinks.openConcerning(file.parties.deceased ?? file.subject);
  const told = new Set([file.id, ...(file.openCases?.cases ?? [])]);
  return open.flatMap(({ caseId }) => (told.has(caseId) ? [] : [caseId]));
}

async function findOpenCases(ctx: Context): Promise<void> {
  ctx.emit({ type: 'OpenCasesFound', cases: await untoldCases(ctx) });
}

/** A case that was filed while the death was being registered is found by looking once more. */
async function close(ctx: Context): Promise<void> {
  const late = ctx.file.openCases && !ctx.file.ending ? await untoldCases(ctx) : [];
  if (late.length > 0) return ctx.emit({ type: 'OpenCasesFound', cases: late });
  await askBeforeClosing(ctx, receiveFamily);
  ctx.emit({ type: 'CaseClosed', outcome: outcomeOf(ctx.file) });
}

/** Whether a person is identified, married or dead is what eligibility looked at. */
export const familyOnRecordFirst = ['register'] as const;

export const familySteps: Steps<FamilyFile, FamilyCaseEvent> = {
  'check-eligibility': checkEligibility,
  'ask-notice': askNotice,
  'give-notice-up': async (ctx) => {
    await askNotice(ctx);
    if (!ctx.file.notice.found) ctx.emit({ type: 'NoticeOverdue' });
  },
  'escalate-notice': async (ctx) => ctx.emit({ type: 'NoticeTaskEscalated' }),
  'check-duplicates': checkDuplicates,
  'remind-duplicates': async (ctx) => ctx.emit({ type: 'DuplicateReviewReminded' }),
  'ask-consent': askConsent,
  'remind-consent': remindConsent,
  'expire-consent': expireConsent,
  'request-payment': (ctx) => requestPayment(ctx, 'family-registration'),
  'ask-payment': (ctx) => askPayment(ctx, receiveFamily),
  'remind-payment': async (ctx) => {
    await tell(ctx, 'payment-reminder');
    ctx.emit({ type: 'PaymentReminded' });
  },
  'expire-payment': async (ctx) => {
    if (await expirePayment(ctx, receiveFamily)) ctx.emit({ type: 'EndingStarted', why: 'payment-expired' });
  },
  'close-payment': (ctx) => closePayment(ctx, receiveFamily),
  refund: (ctx) => refundNext(ctx, owedRefunds),
  'keep-payment': keepPayment,
  'open-review': openReview,
  'remind-committee': async (ctx) => ctx.emit({ type: 'CommitteeReminded' }),
  'start-registering': async (ctx) => ctx.emit({ type: 'RegistrationStarted' }),
  register,
  'keep-registration': keepRegistration,
  'issue-certificate': issueCertificate,
  'find-open-cases': findOpenCases,
  'note-told': async (ctx) => ctx.emit({ type: 'OpenCasesTold' }),
  'note-id-case': async (ctx) => ctx.emit({ type: 'IdCaseStarted', caseId: idCaseOf(ctx.file)?.caseId ?? '' }),
  'notify-registered': notifyRegistered,
  'notify-ended': notifyEnded,
  close,
  ...Object.fromEntries(
    Object.entries(reviewSteps).map(([name, say]) => [name, async (ctx: Context) => ctx.emit(say())]),
  ),
};
