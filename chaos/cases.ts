import { caseIdFor } from '../client/case-id';
import type { GeneratedPerson } from '../demo/people';
import { portraitFor, type PortraitSample } from '../demo/portraits';
import type { Caller, CaseView } from '../demo/portal';
import { firstCardCaseId } from '../domain/case/following';
import { stubbornly } from './stubborn';

export const PORTAL = 'absher-individuals';

/** A way through the model, and how the model says that it ends. */
export interface Way {
  readonly name: string;
  readonly ends: string;
  readonly photo: PortraitSample;
  readonly script: object;
  readonly people?: 'approve' | 'cancel';
  /** A family case: a guardian identifies a member, whose first card is a case that it starts. */
  readonly member?: true;
  /** What is put right outside before the incident can be retried. */
  readonly mended?: object;
}

export const way = (name: string, ends: string, rest: Partial<Way> = {}): Way => ({
  name,
  ends,
  photo: 'good',
  script: {},
  ...rest,
});

/** One after another, so that any number of cases is a fair mix. */
export const ways: readonly Way[] = [
  way('straight to the door', 'COMPLETED'),
  way('first print fails', 'COMPLETED', { script: { print: 'fail-first' } }),
  way('straight to the door', 'COMPLETED'),
  way('paid twice', 'COMPLETED', { script: { payment: 'capture-twice' } }),
  way('cannot be printed, then mended', 'COMPLETED', { script: { print: 'fail' }, mended: { print: 'print' } }),
  way('first delivery fails', 'COMPLETED', { script: { delivery: 'fail-first' } }),
  way('member identified', 'COMPLETED', { member: true }),
  way('doubtful photo, approved', 'COMPLETED', { photo: 'doubt', people: 'approve' }),
  way('cancelled before it is paid', 'CANCELLED', { script: { payments: 'manual' }, people: 'cancel' }),
];

export interface Filed {
  readonly caseId: string;
  readonly way: Way;
  /** The case that this one starts, and that has to end COMPLETED too. */
  readonly starts?: string;
}

export interface Applicant {
  readonly person: GeneratedPerson;
  /** Of a family case. */
  readonly member?: GeneratedPerson;
}

export interface Stage {
  readonly portal: Caller;
  readonly caseworker: Caller;
  script(caseId: string, script: object): Promise<void>;
}

/** An outage may take this long before a portal gives up. */
const PATIENCE = 180_000;

/** Files one case and does its people's part, trying again whenever nobody answers. */
export async function fileOne(
  stage: Stage,
  { person, member }: Applicant,
  key: string,
  chosen: Way,
  filed: (caseId: string) => void,
): Promise<Filed> {
  const { portal } = stage;
  const type = member ? 'family-registration' : 'id-renewal';
  const caseId = caseIdFor(type, PORTAL, key);
  if (Object.keys(chosen.script).length > 0) await stubbornly(() => stage.script(caseId, chosen.script), PATIENCE);
  const bytes = await portraitFor(key, chosen.photo);
  const photo = await stubbornly(() => portal.upload((member ?? person).identityNumber, bytes), PATIENCE);
  const view = await stubbornly(
    () =>
      portal.file(key, type, person.identityNumber, {
        photo,
        ...(member
          ? { event: 'member-identification', member: member.identityNumber }
          : { delivery: { method: 'courier' } }),
      }),
    PATIENCE,
  );
  if (view.id !== caseId) throw new Error(`${key} was filed as ${view.id} and not ${caseId}`);
  filed(caseId);
  if (chosen.people === 'cancel')
    await stubbornly(
      () => doUnless(portal, caseId, 'cancel', (seen) => seen.status === 'CANCELLED' || seen.status === 'COMPENSATING'),
      PATIENCE,
    );
  return { caseId, way: chosen, ...(member ? { starts: firstCardCaseId(caseId) } : {}) };
}

function inReview({ status }: CaseView): void {
  if (status === 'SUBMITTED' || status === 'AWAITING_PAYMENT' || status === 'PHOTO_CHECK')
    throw new Error(`still ${status}`);
}

/** An answer that was lost may have been to an action that was taken: look before doing it again. */
async function doUnless(
  caller: Caller,
  caseId: string,
  action: string,
  done: (view: CaseView) => boolean,
): Promise<void> {
  if (!done(await caller.view(caseId))) await caller.act(caseId, action);
}

/** Longer than any run: a payment whose message was lost comes to light only when the outside is asked. */
const LATER = 3_600_000;

/** The caseworker's part, whenever the case comes to it. */
export async function decide(
  { caseworker }: Stage,
  { caseId, way: { people } }: Filed,
  over: () => boolean,
): Promise<void> {
  if (people !== 'approve') return;
  await stubbornly(async () => {
    if (!over()) inReview(await caseworker.view(caseId));
  }, LATER);
  await stubbornly(async () => {
    if (over()) return;
    await caseworker.act(caseId, 'claim').catch(() => undefined);
    await doUnless(caseworker, caseId, 'approve', (seen) => seen.status !== 'IN_REVIEW' && seen.status !== 'INCIDENT');
  }, LATER);
}
