import { act, get, isStale, isUnanswered, previewOf, type Bilingual, type Case, type CaseEvent } from '../api/client';
import { matters } from '../case/matters';
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

type Body = Readonly<Record<string, string>>;
/** The same again is the same act. */
interface Sent {
  readonly version: number;
  readonly body: Body;
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
      /** What nobody answered; undefined where it did not come to that. */
      readonly sent?: Sent;
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

const nothingKnown = (): undefined => undefined;

/** Whether it can be done to the case as it is, if need be once it is claimed; why not, where it cannot. */
function possibility(action: BulkAction, view: Case): Pick<Plan, 'claimFirst' | 'why'> {
  const may = (wanted: string): boolean => view.allowedActions.some((one) => one.action === wanted);
  if (may(action)) return { claimFirst: false, why: undefined };
  const refused = view.unavailableActions.find((one) => one.action === action);
  if (refused?.whyNot.code === 'not-claimed' && may('claim')) return { claimFirst: true, why: undefined };
  return { claimFirst: false, why: refused ? said(refused.whyNot.message) : t('state.forbidden') };
}

async function planOf(action: BulkAction, id: string, signal: AbortSignal): Promise<Plan> {
  const none = { id, view: undefined, applicant: undefined, messages: undefined, claimFirst: false };
  try {
    const [view, evidence] = await Promise.all([
      get('/v1/cases/{id}', { params: { id }, signal }),
      get('/v1/cases/{id}/evidence', { params: { id }, signal }).catch(nothingKnown),
    ]);
    const person = evidence?.applicant;
    const applicant = person ? { ar: person.nameAr, en: person.nameEn } : undefined;
    const { claimFirst, why } = possibility(action, view);
    if (why !== undefined) return { ...none, view, applicant, why };
    const preview =
      action === 'approve' ? await previewOf(id, action, {}, signal, claimFirst).catch(nothingKnown) : undefined;
    const messages = preview?.messages.filter(({ to }) => to === 'applicant').map(({ text }) => text);
    return { id, view, applicant, messages, claimFirst, why };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ...none, why: whyNot(error, t('state.offline')), ...(isUnanswered(error) ? { unreached: true } : {}) };
  }
}

/** What of the selected can be done: each case is asked itself, by the same table that will decide. */
export const plansOf = (action: BulkAction, ids: readonly string[], signal: AbortSignal): Promise<Plan[]> =>
  each(ids, (id) => planOf(action, id, signal));

/** What happened to a case since it was looked at. */
const changesSince = async ({ id, version }: Case): Promise<readonly CaseEvent[]> =>
  (await get('/v1/cases/{id}/events', { params: { id }, query: { after: String(version) } })).items.filter(matters);

async function failed(view: Case | undefined, error: unknown, sent?: Sent): Promise<Outcome> {
  const why = whyNot(error, t('state.offline'));
  if (isUnanswered(error)) return { done: false, why, unreached: true, ...(sent ? { sent } : {}) };
  const changed = view && isStale(error) ? await changesSince(view).catch(() => []) : [];
  return { done: false, why, changed };
}

async function tryOn(action: BulkAction, view: Case, claimFirst: boolean, body: Body): Promise<Outcome> {
  let claimed: Case | undefined;
  let sent: Sent | undefined;
  try {
    if (claimFirst) claimed = await act(view, 'claim');
    sent = { version: (claimed ?? view).version, body };
    await act(claimed ?? view, action, body);
    return { done: true };
  } catch (error) {
    // What was claimed for this alone goes back.
    if (claimed) await act(claimed, 'release').catch(nothingKnown);
    return failed(view, error, sent);
  }
}

/** On the case as it is now, where nothing but one's own try has happened to it. */
async function tryAgain(action: BulkAction, { id, view }: Plan, body: Body): Promise<Outcome> {
  try {
    const now = await get('/v1/cases/{id}', { params: { id } });
    const changed = view ? await changesSince(view) : [];
    const { claimFirst, why } = possibility(action, now);
    if (why !== undefined || changed.length > 0) return { done: false, why: why ?? t('act.conflict'), changed };
    return await tryOn(action, now, claimFirst, body);
  } catch (error) {
    return failed(view, error);
  }
}

/** @param before what became of it the last time: what nobody answered is sent again as it was, and only what was not done then is tried anew */
export async function carryOut(action: BulkAction, plan: Plan, body: Body, before?: Outcome): Promise<Outcome> {
  const { id, view, claimFirst } = plan;
  if (before === undefined) return view ? tryOn(action, view, claimFirst, body) : { done: false, why: '' };
  const sent = before.done ? undefined : before.sent;
  if (!sent) return tryAgain(action, plan, body);
  try {
    await act({ id, version: sent.version }, action, sent.body);
    return { done: true };
  } catch (error) {
    return isUnanswered(error) ? failed(view, error, sent) : tryAgain(action, plan, body);
  }
}
