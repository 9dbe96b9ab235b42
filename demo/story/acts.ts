import type { LocalDate } from '../../domain/time';
import type { GeneratedPerson } from '../people';
import type { CaseView } from '../portal';
import type { Ended } from '../scene';
import { portraitFor } from '../portraits';
import { reached, type NoticeSent, type Stage } from '../stage';
import type { Cast } from './cast';

/** What the scenes of the story share: who is in it, what day it is, and what earlier scenes left for later ones. */
export interface Story {
  readonly cast: Cast;
  readonly today: LocalDate;
  readonly left: Map<string, string>;
}

export function leftBy({ left }: Story, name: string): string {
  const value = left.get(name);
  if (value === undefined) throw new Error(`no scene left "${name}"`);
  return value;
}

/** Files a report of a family event, and sends the hospital's or the court's notice in before it where it rests on one. */
export async function report(
  stage: Stage,
  key: string,
  reporter: GeneratedPerson,
  application: Readonly<Record<string, unknown>>,
  notice?: Omit<NoticeSent, 'reference'> & { readonly reference?: string },
): Promise<CaseView> {
  const reference = notice?.reference ?? `notice-of-${key}`;
  if (notice) await stage.notice({ ...notice, reference });
  return stage.portal.file(key, 'family-registration', reporter.identityNumber, {
    ...application,
    ...(notice ? { notice: reference } : {}),
  });
}

/** The same report and the notice that says the same. */
export function reportOfCouple(
  stage: Stage,
  key: string,
  reporter: GeneratedPerson,
  event: 'marriage' | 'divorce',
  on: LocalDate,
  [husband, wife]: readonly [GeneratedPerson, GeneratedPerson],
): Promise<CaseView> {
  const numbers = [husband.identityNumber, wife.identityNumber];
  return report(
    stage,
    key,
    reporter,
    { event, on, husband: numbers[0], wife: numbers[1] },
    { kind: event, on, people: numbers },
  );
}

export const photoOf = async (stage: Stage, person: GeneratedPerson): Promise<string> =>
  stage.portal.upload(person.identityNumber, await portraitFor(person.document.serial));

export async function consent(
  stage: Stage,
  caseId: string,
  person: { readonly identityNumber: string },
): Promise<void> {
  await stage.until(caseId, 'a consent', reached('AWAITING_CONSENT'));
  await stage.portal.act(caseId, 'consent', { person: person.identityNumber });
}

export async function approve(stage: Stage, caseId: string, sub: string): Promise<void> {
  await stage.until(caseId, 'a review', reached('IN_REVIEW'));
  const official = await stage.staff(sub);
  await official.act(caseId, 'claim');
  await official.act(caseId, 'approve');
}

/** Tries as `portal`, or as this member of staff, what must be refused for this reason; throws when it is allowed, or refused for another. */
export async function refused(
  stage: Stage,
  who: string,
  { caseId, action, input = {} }: { readonly caseId: string; readonly action: string; readonly input?: object },
  code: string,
): Promise<Ended> {
  const caller = who === 'portal' ? stage.portal : await stage.staff(who);
  const { version } = await caller.view(caseId);
  const { status, body } = await caller.call<{ code?: string }>('POST', `/v1/cases/${caseId}/actions/${action}`, {
    headers: { 'if-match': `"${version}"` },
    json: input,
  });
  if (body.code !== code)
    throw new Error(`${action} of ${caseId} was answered ${status} ${body.code ?? ''}, not ${code}`);
  return { caseId, status: 'REFUSED' };
}

/** Throws unless one of these rules is among those that speak against the report. */
export function requireRefusedBy(view: CaseView, ...rules: readonly string[]): string {
  const against = (view.refusedBy ?? []).map(({ rule }) => rule);
  if (!rules.some((rule) => against.includes(rule)))
    throw new Error(`${view.id} is refused by ${against.join(', ') || 'nothing'}, not by ${rules.join(' or ')}`);
  return view.id;
}

export function requireTotal(view: CaseView, halalas: number): void {
  if (view.quote?.total.halalas !== halalas)
    throw new Error(`${view.id} costs ${view.quote?.total.halalas} halalas and not ${halalas}`);
}
