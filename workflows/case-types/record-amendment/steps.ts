import { kinshipOf } from '../../../activities/stages/kinship';
import { notify } from '../../../activities/stages/notify';
import type { Lookups, Steps, StepContext } from '../../../activities/step';
import { objections } from '../../../domain/family/objections';
import { peopleIn, type FamilyEvent } from '../../../domain/family/record';
import { OutsideFailure } from '../../../domain/failures';
import { riyadhDate } from '../../../domain/time';
import { familyPolicyOn, limitsOf } from '../family-registration/policy';
import type { AmendmentEvent } from './events';
import type { AmendmentFile } from './file';
import { toldPeople } from './next';
import { amendmentPolicy } from './policy';

type Context = StepContext<AmendmentFile, AmendmentEvent>;

/** The entry that a registered case made, or the one that an earlier amendment put in its place. */
const registrationOf = (caseId: string): string =>
  caseId.startsWith('amd_') ? `${caseId}/amend/instead` : `${caseId}/register`;

function corrected(event: FamilyEvent, { on, father, mother }: AmendmentFile): FamilyEvent {
  const dated = { ...event, ...(on ? { on } : {}) };
  return dated.kind === 'birth' ? { ...dated, ...(father ? { father } : {}), ...(mother ? { mother } : {}) } : dated;
}

const same = (a: FamilyEvent, b: FamilyEvent): boolean => JSON.stringify(a) === JSON.stringify(b);

async function checkAmendment(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  if (!file.bySupervisor) return ctx.emit({ type: 'AmendmentRefused', rules: ['requested-by-a-supervisor'] });
  const key = registrationOf(file.amends);
  // First the place, then the look: an amendment that is entered in between is seen.
  const { heldBy } = await ports.log.takePlace(`amendment/${key}`, file.id);
  const registration = await ports.family.registrationOf(key);
  if (!registration) return ctx.emit({ type: 'AmendmentRefused', rules: ['registration-stands'] });
  const { event } = registration;
  const rules: string[] = [];
  const replacement = file.what === 'correction' ? corrected(event, file) : undefined;
  if (replacement && same(event, replacement)) rules.push('something-to-correct');
  if (replacement && replacement.on > riyadhDate(ctx.at)) rules.push('event-date-in-future');
  const known = await kinshipOf(
    ports,
    file.requestedBy,
    peopleIn(event),
    amendmentPolicy(file.policyVersion).recusalDegree.value,
    ctx.at,
  );
  if (known.recusal) rules.push('related-official');
  if (heldBy !== file.id) rules.push('no-other-open-amendment');
  if (rules.length > 0) ctx.emit({ type: 'AmendmentRefused', rules });
  else
    ctx.emit({
      type: 'AmendmentPrepared',
      registration: key,
      event,
      ...(replacement ? { replacement } : {}),
      rules: ['registration-stands'],
    });
}

/** What the register says when it does not let an amendment in; anything else is an incident. */
const REGISTER_SAYS_NO: ReadonlySet<string> = new Set([
  ...objections,
  'already-reversed',
  'later-entries-rest-on-it',
  'person-unknown',
]);

/** One register transaction under one key: the reversal, what stands instead, and the marks on documents. */
async function amendRegister(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const { prepared } = file;
  if (!prepared) throw new OutsideFailure('defect', 'case', 'not-prepared', 'The amendment was never checked.');
  try {
    const { registration, dependents } = await ports.family.amend({
      key: ctx.key('amend'),
      caseId: file.id,
      registration: prepared.registration,
      why: file.what === 'correction' ? 'corrected' : 'revoked',
      ...(prepared.replacement ? { replacement: prepared.replacement } : {}),
      limits: limitsOf(familyPolicyOn(riyadhDate(file.filedAt))),
    });
    ctx.emit({ type: 'RegisterAmended', registration, documents: dependents });
  } catch (error) {
    if (!(error instanceof OutsideFailure && error.kind === 'refused' && REGISTER_SAYS_NO.has(error.code))) throw error;
    ctx.emit({ type: 'AmendmentRefused', rules: [error.code] });
  }
}

/** A correction ends what the certificate before it said: another takes its place, as one followed the first entry. */
async function issueCertificate(ctx: Context): Promise<void> {
  const { registration } = ctx.file;
  if (!registration)
    throw new OutsideFailure('defect', 'case', 'not-amended', 'Nothing stands that could be certified.');
  const { serial } = await ctx.ports.family.certify({ key: ctx.key('certificate'), caseId: ctx.file.id, registration });
  ctx.emit({ type: 'CertificateIssued', serial });
}

const AMENDED = {
  ar: 'عُدِّل قيد يخصكم في السجل المدني. قد تتأثر وثائق لديكم، والتفاصيل في حسابكم.',
  en: 'An entry in the civil register that concerns you was amended. Documents of yours may be affected: see your account.',
} as const;

async function notifyHolders(ctx: Context): Promise<void> {
  for (const [i, person] of toldPeople(ctx.file).entries()) {
    if (!ctx.file.notified.includes(`amended-${i}`)) await notify(ctx, AMENDED, `amended-${i}`, person);
  }
}

export const amendmentSteps: Steps<AmendmentFile, AmendmentEvent> = {
  'check-amendment': checkAmendment,
  'expire-confirmation': async (ctx) => ctx.emit({ type: 'ConfirmationExpired' }),
  'amend-register': amendRegister,
  'issue-certificate': issueCertificate,
  'notify-holders': notifyHolders,
  close: async (ctx) => ctx.emit({ type: 'CaseClosed', outcome: ctx.file.ended ?? 'COMPLETED' }),
};

export const amendmentLookups: Lookups<AmendmentFile> = {
  kinship: ({ file, actor, at, ports }) =>
    kinshipOf(
      ports,
      actor.id,
      file.prepared ? peopleIn(file.prepared.event) : [file.subject],
      amendmentPolicy(file.policyVersion).recusalDegree.value,
      at,
    ),
};
