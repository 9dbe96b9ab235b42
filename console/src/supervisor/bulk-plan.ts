import { act, get, previewOf, Refused, Unreachable, type Bilingual, type Case, type CaseEvent } from '../api/client';
import { whyNot } from '../ui/state';
import { said, t } from '../words';

export type BulkAction = 'approve' | 'reassign' | 'hold' | 'resume';

export interface Plan {
  readonly id: string;
  readonly view: Case | undefined;
  /** Whom it is about; undefined where that is not to be seen. */
  readonly applicant: Bilingual | undefined;
  /** What the applicant is sent, word for word; undefined where that cannot be told before. */
  readonly messages: readonly Bilingual[] | undefined;
  /** Why it cannot be done to this case; undefined when it can. */
  readonly why: string | undefined;
  readonly claimFirst: boolean;
  /** It could not be asked; asked again, it may be possible. */
  readonly unreached?: true;
}

export type Outcome =
  | { readonly done: true }
  | {
      readonly done: false;
      readonly why: string;
      /** What happened to the case between the preview and the try; nothing was done to it. */
      readonly changed?: readonly CaseEvent[];
      /** Nobody answered: it is tried again, and done once, whether it had been done or not. */
      readonly unreached?: true;
    };

const AT_ONCE = 6;

/** Of each, a few at a time and in order. */
async function each<T, R>(all: readonly T[], make: (one: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  let at = 0;
  const work = async (): Promise<void> => {
    for (let n = at++; n < all.length; n = at++) made[n] = await make(all[n] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

/** Whoever has to sign in again was not heard either. */
const isUnreached = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Refused && (error.status >= 500 || error.status === 401));

const nothingKnown = (): undefined => undefined;

async function planOf(action: BulkAction, id: string, signal: AbortSignal): Promise<Plan> {
  const none = { id, view: undefined, applicant: undefined, messages: undefined, claimFirst: false };
  try {
    const [view, evidence] = await Promise.all([
      get('/v1/cases/{id}', { params: { id }, signal }),
      get('/v1/cases/{id}/evidence', { params: { id }, signal }).catch(nothingKnown),
    ]);
    const person = evidence?.applicant;
    const applicant = person ? { ar: person.nameAr, en: person.nameEn } : undefined;
    const allowed = view.allowedActions.some((one) => one.action === action);
    const refused = view.unavailableActions.find((one) => one.action === action);
    const claimFirst =
      !allowed && refused?.whyNot.code === 'not-claimed' && view.allowedActions.some((one) => one.action === 'claim');
    if (!allowed && !claimFirst)
      return { ...none, view, applicant, why: refused ? said(refused.whyNot.message) : t('state.forbidden') };
    const preview =
      action === 'approve' ? await previewOf(id, action, {}, signal, claimFirst).catch(nothingKnown) : undefined;
    const messages = preview?.messages.filter(({ to }) => to === 'applicant').map(({ text }) => text);
    return { id, view, applicant, messages, claimFirst, why: undefined };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ...none, why: whyNot(error, t('state.offline')), ...(isUnreached(error) ? { unreached: true } : {}) };
  }
}

/** What of the selected can be done: each case is asked itself, by the same table that will decide. */
export const plansOf = (action: BulkAction, ids: readonly string[], signal: AbortSignal): Promise<Plan[]> =>
  each(ids, (id) => planOf(action, id, signal));

/** What happened to a case since it was looked at. */
const changesSince = async ({ id, version }: Case): Promise<readonly CaseEvent[]> =>
  (await get('/v1/cases/{id}/events', { params: { id }, query: { after: String(version) } })).items;

export async function carryOut(
  action: BulkAction,
  { view, claimFirst }: Plan,
  body: Readonly<Record<string, string>>,
): Promise<Outcome> {
  if (!view) return { done: false, why: '' };
  let claimed: Case | undefined;
  try {
    if (claimFirst) claimed = await act(view, 'claim');
    await act(claimed ?? view, action, body);
    return { done: true };
  } catch (error) {
    // What was claimed for this alone goes back.
    if (claimed) await act(claimed, 'release').catch(nothingKnown);
    const why = whyNot(error, t('state.offline'));
    if (isUnreached(error)) return { done: false, why, unreached: true };
    if (!(error instanceof Refused) || error.status !== 412 || claimed) return { done: false, why };
    return { done: false, why, changed: await changesSince(view).catch(() => []) };
  }
}
