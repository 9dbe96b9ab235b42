import { colleagueOf } from '../../../activities/stages/colleague';
import { kinshipLookup } from '../../../activities/stages/kinship';
import { notify } from '../../../activities/stages/notify';
import type { Lookups, StepContext } from '../../../activities/step';
import { marriagesOf } from '../../../domain/family/graph';
import type { CandidateState } from './actions';
import { ageOn, riyadhDate } from '../../../domain/time';
import { concernedIn } from './concerned';
import type { FamilyCaseEvent } from './events';
import type { FamilyFile } from './file';
import { impedimentsTo, type Impediment } from './impediments';
import { familyMessages, type FamilyMessage } from './messages';
import { familyPolicy } from './policy';

export type Context = StepContext<FamilyFile, FamilyCaseEvent>;

export const tell = (
  ctx: Context,
  template: FamilyMessage,
  once: string = template,
  person: string = ctx.file.reporter,
): Promise<void> => notify(ctx, familyMessages[template], once, person);

const inRound = ({ consent: { round } }: FamilyFile, name: string, i: number): string =>
  round === undefined ? `${name}-${i}` : `${name}-${round}-${i}`;

export async function askConsent(ctx: Context): Promise<void> {
  const people = ctx.file.accepted?.consenters ?? [];
  for (const [i, person] of people.entries()) {
    const once = inRound(ctx.file, 'consent-asked', i);
    if (!ctx.file.notified.includes(once)) await tell(ctx, 'consent-asked', once, person);
  }
  ctx.emit({ type: 'ConsentAsked', people });
}

export async function remindConsent(ctx: Context): Promise<void> {
  for (const [i, { person, state }] of ctx.file.consent.people.entries()) {
    const once = inRound(ctx.file, 'consent-reminder', i);
    if (state === 'asked' && !ctx.file.notified.includes(once)) await tell(ctx, 'consent-reminder', once, person);
  }
  ctx.emit({ type: 'ConsentReminded' });
}

/** For a marriage: the lines of those whom either was ever married to are looked at as well. */
async function impediments({ file, ports }: Context): Promise<readonly Impediment[]> {
  const { husband, wife } = file.parties;
  if (file.event !== 'marriage' || !husband || !wife) return [];
  const around = await ports.family.graph([husband, wife]);
  const spouses = [husband, wife].flatMap((each) => marriagesOf(around, each).map(({ spouse }) => spouse));
  const graph = await ports.family.graph([husband, wife, ...spouses]);
  return impedimentsTo({ husband, wife, on: file.on }, graph, familyPolicy(file.policyVersion));
}

/** Silence does what a refusal does: nobody keeps an event out of the register by saying nothing. */
export async function expireConsent(ctx: Context): Promise<void> {
  const { event, policyVersion } = ctx.file;
  const ends = familyPolicy(policyVersion).events[event].withoutConsent.value === 'ends';
  ctx.emit(ends ? { type: 'EndingStarted', why: 'consent-expired', rule: 'consent' } : { type: 'ConsentOverdue' });
}

/** Clean and undisputed goes on by rule where the policy lets it; late to a supervisor; very late or disputed to the committee. */
export async function openReview(ctx: Context): Promise<void> {
  const { file } = ctx;
  const lateness = file.accepted?.lateness ?? 'in-time';
  const why = [
    ...(lateness === 'in-time' ? [] : [lateness]),
    ...(file.disputed ? ['disputed'] : []),
    ...file.notice.mismatches,
    ...(file.notice.overdueSince && !file.notice.found ? ['notice-accepted-by-hand'] : []),
    ...(file.duplicates?.candidates.length ? ['duplicate'] : []),
    ...(await impediments(ctx)),
  ];
  if (lateness === 'over-a-year' || file.disputed) return ctx.emit({ type: 'CommitteeConvened', why });
  const whenUnsure = familyPolicy(file.policyVersion).events[file.event].review.value === 'when-unsure';
  if (whenUnsure && why.length === 0) return ctx.emit({ type: 'CaseApproved', by: 'rule' });
  ctx.emit({
    type: 'ReviewOpened',
    why: why.length > 0 ? why : ['policy'],
    ...(lateness === 'late' ? { level: 'supervisor' as const } : {}),
  });
}

/** Whoever has a part in it learns of it as well, unless too young for that; with the reporter, who is told last, all have been. */
export async function notifyRegistered(ctx: Context): Promise<void> {
  const { file, ports, at } = ctx;
  const { deceased: _dead, ...living } = file.parties;
  const others = Object.values(living as Record<string, string>).filter((person) => person !== file.reporter);
  const { consentAge } = familyPolicy(file.policyVersion);
  const told = new Set(
    (await ports.family.people(others))
      .filter(({ diedOn, birthDate }) => diedOn === null && ageOn(birthDate, riyadhDate(at)) >= consentAge.value)
      .map(({ person }) => person),
  );
  for (const [i, person] of others.entries()) {
    const once = `registered-${i}`;
    if (told.has(person) && !file.notified.includes(once)) await tell(ctx, 'registered-of-you', once, person);
  }
  await tell(ctx, 'registered');
}

/** Whoever was asked for consent and lives. While a reset has not come to asking again, it is those who are to be asked. */
async function askedForConsent({ file, ports }: Context): Promise<string[]> {
  const { people, round } = file.consent;
  const asked =
    round === undefined || people.length > 0 ? people.map(({ person }) => person) : file.accepted?.consenters;
  if (!asked || asked.length === 0) return [];
  const living = (await ports.family.people(asked)).filter(({ diedOn }) => diedOn === null);
  return asked.filter((each) => living.some(({ person }) => person === each));
}

/** Whoever reported the same event, and was told that this case goes on with it, has to know that it came to nothing; so has who was asked for consent. */
export async function notifyEnded(ctx: Context): Promise<void> {
  const { id, reporter: own, appeal, notified } = ctx.file;
  for (const { caseId, reporter } of await ctx.ports.caseLinks.secondReportsOf(id)) {
    const once = `linked-ended-${caseId}`;
    if (reporter !== own && !notified.includes(once)) await tell(ctx, 'linked-ended', once, reporter);
  }
  const appellant = appeal?.appellant ?? own;
  for (const [i, person] of (await askedForConsent(ctx)).entries()) {
    const once = inRound(ctx.file, 'ended-consent', i);
    if (person !== own && person !== appellant && !notified.includes(once))
      await tell(ctx, 'ended-consent', once, person);
  }
  if (appellant !== own && !notified.includes('ended-appellant'))
    await tell(ctx, 'ended', 'ended-appellant', appellant);
  await tell(ctx, 'ended');
}

type Look = Parameters<Lookups<FamilyFile>[string]>[0];

const kinship = kinshipLookup(concernedIn);

/** What became of the report or the person that this one is said to be the same as. */
async function candidateOf({ file, ports }: Look, of: string): Promise<CandidateState> {
  const report = await ports.caseLinks.find(of);
  const born = report ? report.child : of;
  const [person] = born === null ? [] : await ports.family.people([born]);
  if (person) return person.revoked ? 'gone' : 'stands';
  if (!report || report.closed) return 'gone';
  const first = report.filedAt === file.filedAt ? report.caseId < file.id : report.filedAt < file.filedAt;
  return first ? 'stands' : 'filed-later';
}

export const familyLookups: Lookups<FamilyFile> = {
  kinship,
  /** The same, and whether the colleague to whom a case is to go can decide it. */
  'kin-of-colleague': async (look) => ({
    ...(await kinship(look)),
    ...(await colleagueOf(look.ports, look.input['to'])),
  }),
  async candidate(look) {
    const of = look.input['of'];
    return {
      ...(await kinship(look)),
      ...(typeof of === 'string' ? { candidate: await candidateOf(look, of) } : {}),
    };
  },
};
