import type { ChildName } from '../../../adapters/register/family-port';
import { applicationOf } from '../../../adapters/vault/port';
import { kinshipLookup, kinshipOf } from '../../../activities/stages/kinship';
import { notify } from '../../../activities/stages/notify';
import type { Lookups, Ports, Steps, StepContext } from '../../../activities/step';
import { filingOf } from '../../../domain/case/from-log';
import { isObjection } from '../../../domain/family/objection-texts';
import { peopleIn } from '../../../domain/family/record';
import { OutsideFailure } from '../../../domain/failures';
import { limitsOf } from '../../../domain/policies/personal-status';
import { riyadhDate } from '../../../domain/time';
import { concernedIn, concernedInEntry } from './concerned';
import { againstCorrection, concernedBy, corrected, preparedRules } from './correction';
import type { AmendmentEvent, Prepared } from './events';
import type { AmendmentFile } from './file';
import { toldPeople } from './next';
import { amendmentPolicy } from './policy';

type Context = StepContext<AmendmentFile, AmendmentEvent>;

/** The entry that a registered case made, or the one that an earlier amendment put in the place of another. */
const registrationOf = (caseId: string): string =>
  caseId.startsWith('amd_') ? `${caseId}/amend/instead` : `${caseId}/register`;

interface Report {
  readonly reporter?: string;
  readonly witnesses?: readonly string[];
}

/** Who reported the first of these entries, and who witnessed it: an amendment of an amendment leads back to that report. */
async function reportOf(ports: Ports, caseId: string): Promise<Report> {
  const filing = filingOf(await ports.log.eventsAfter(caseId, 0));
  if (filing?.type === 'record-amendment') return reportOf(ports, filing.facts['amends'] as string);
  return filing?.facts ?? {};
}

/** What the child is to be called; undefined where that stays as it is. Personal data. */
async function childNameOf({ file, ports }: Context): Promise<ChildName | undefined> {
  if (!file.childName) return undefined;
  const kept = await applicationOf<{ application: { child?: ChildName } }>(ports.vault, file.id);
  if (!kept?.application.child)
    throw new OutsideFailure('refused', 'vault', 'application-erased', 'The application is not in the vault any more.');
  return kept.application.child;
}

async function isRenamed(ctx: Context, registration: string): Promise<boolean> {
  const [next, now] = [await childNameOf(ctx), await ctx.ports.family.namedIn(registration)];
  return next !== undefined && (next.nameAr !== now?.nameAr || next.nameEn !== now.nameEn);
}

async function against(ctx: Context, prepared: Prepared): Promise<string[]> {
  const { file, ports, at } = ctx;
  const { event, replacement } = prepared;
  const policy = amendmentPolicy(file.policyVersion);
  const rules: string[] = [];
  if (replacement) {
    const people = peopleIn(replacement);
    rules.push(
      ...againstCorrection(event, replacement, file, {
        people: await ports.family.people(people),
        graph: await ports.family.graph(people),
        prohibitedDegree: policy.prohibitedDegree.value,
        marriageAge: policy.marriageAge.value,
        renamed: event.kind === 'birth' && (await isRenamed(ctx, prepared.registration)),
        today: riyadhDate(at),
      }),
    );
  }
  const concerned = concernedInEntry(prepared, policy);
  if (!concerned.people.includes(file.subject)) rules.push('subject-not-concerned');
  const known = await kinshipOf(ports, file.requestedBy, concerned, at);
  if (known.unknownOfficial) rules.push('official-unknown');
  if (known.recusal) rules.push('related-official');
  return rules;
}

/** Until the case that made the entry has ended, it goes on as if the entry stood: with a certificate, a first card, a death told. */
const isOwnCaseOpen = async ({ ports }: Context, registration: string): Promise<boolean> =>
  (await ports.caseLinks.find(registration.slice(0, registration.indexOf('/'))))?.closed === false;

async function checkAmendment(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  if (!file.bySupervisor) return ctx.emit({ type: 'AmendmentRefused', rules: ['requested-by-a-supervisor'] });
  // Whichever case is named, what is amended is the entry that stands by now.
  const standing = await ports.family.standingFor(registrationOf(file.amends));
  if (!standing) return ctx.emit({ type: 'AmendmentRefused', rules: ['registration-stands'] });
  const { key, event } = standing;
  const { heldBy } = await ports.log.takePlace(`amendment/${key}`, file.id);
  // First the place, then a look: an amendment that was entered in between is seen.
  const alone = heldBy === file.id && (await ports.family.registrationOf(key)) !== null;
  const replacement = file.what === 'correction' ? corrected(event, file) : undefined;
  const { reporter, witnesses } = await reportOf(ports, file.amends);
  const prepared: Prepared = {
    registration: key,
    event,
    ...(replacement ? { replacement } : {}),
    concerned: concernedBy(event, replacement, await ports.family.graph(peopleIn(event)), reporter),
    ...(witnesses ? { witnesses } : {}),
  };
  const rules = await against(ctx, prepared);
  if (!alone) rules.push('no-other-open-amendment');
  if (await isOwnCaseOpen(ctx, key)) rules.push('own-case-open');
  if (rules.length > 0) ctx.emit({ type: 'AmendmentRefused', rules });
  else ctx.emit({ type: 'AmendmentPrepared', ...prepared, rules: preparedRules });
}

/** What the register says of the entry that is to be amended, besides what it says of any event. */
const OF_THE_ENTRY: ReadonlySet<string> = new Set(['already-reversed', 'later-entries-rest-on-it']);
const saysNo = (code: string): boolean => isObjection(code) || OF_THE_ENTRY.has(code);

/** One register transaction under one key: the reversal, what stands instead, and the marks on documents. */
async function amendRegister(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  const { prepared } = file;
  if (!prepared) throw new OutsideFailure('defect', 'case', 'not-prepared', 'The amendment was never checked.');
  if (await isOwnCaseOpen(ctx, prepared.registration))
    return ctx.emit({ type: 'AmendmentRefused', rules: ['own-case-open'] });
  const childName = prepared.replacement && (await childNameOf(ctx));
  try {
    const { registration, dependents } = await ports.family.amend({
      key: ctx.key('amend'),
      caseId: file.id,
      registration: prepared.registration,
      why: file.what === 'correction' ? 'corrected' : 'revoked',
      ...(prepared.replacement ? { replacement: prepared.replacement } : {}),
      ...(childName ? { childName } : {}),
      limits: limitsOf(amendmentPolicy(file.policyVersion)),
    });
    ctx.emit({ type: 'RegisterAmended', registration, documents: dependents });
  } catch (error) {
    if (!(error instanceof OutsideFailure && error.kind === 'refused' && saysNo(error.code))) throw error;
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

/** Who is kin to whom is what a confirmation looked at. */
export const amendmentOnRecordFirst = ['amend-register'] as const;

export const amendmentSteps: Steps<AmendmentFile, AmendmentEvent> = {
  'check-amendment': checkAmendment,
  'expire-confirmation': async (ctx) => ctx.emit({ type: 'ConfirmationExpired' }),
  'amend-register': amendRegister,
  'issue-certificate': issueCertificate,
  'notify-holders': notifyHolders,
  close: async (ctx) => ctx.emit({ type: 'CaseClosed', outcome: ctx.file.ended ?? 'COMPLETED' }),
};

export const amendmentLookups: Lookups<AmendmentFile> = { kinship: kinshipLookup(concernedIn) };
