import { useState } from 'react';
import { Button } from 'react-aria-components';
import { act, get, type Case, type CaseListItem } from '../api/client';
import { useDraft, useLoad } from '../api/hooks';
import { ColleagueField } from '../colleagues';
import { number, shortId } from '../format';
import { Sheet } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Skeleton, whyNot } from '../ui/state';
import { said, t as word, useWords } from '../words';

export type BulkAction = 'approve' | 'reassign' | 'hold' | 'resume';

interface Plan {
  readonly id: string;
  readonly view: Case | undefined;
  /** Why it cannot be done to this case; undefined when it can. */
  readonly why: string | undefined;
  readonly claimFirst: boolean;
}

type Outcome = { readonly done: true } | { readonly done: false; readonly why: string };

/** What of the selected can be done: each case is asked itself, by the same table that will decide. */
async function plan(action: BulkAction, id: string, signal: AbortSignal): Promise<Plan> {
  try {
    const view = await get('/v1/cases/{id}', { params: { id }, signal });
    if (view.allowedActions.some((each) => each.action === action))
      return { id, view, why: undefined, claimFirst: false };
    const refused = view.unavailableActions.find((each) => each.action === action);
    const claimFirst =
      refused?.whyNot.code === 'not-claimed' && view.allowedActions.some((each) => each.action === 'claim');
    return {
      id,
      view,
      claimFirst,
      why: claimFirst ? undefined : refused ? said(refused.whyNot.message) : word('state.forbidden'),
    };
  } catch (error) {
    return { id, view: undefined, claimFirst: false, why: whyNot(error, word('act.offline')) };
  }
}

async function carryOut(
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
    if (claimed) await act(claimed, 'release').catch(() => undefined);
    return { done: false, why: whyNot(error, word('act.offline')) };
  }
}

const SHORTEST = 3;

export function BulkSheet({
  action,
  items,
  onClose,
}: {
  readonly action: BulkAction;
  readonly items: readonly CaseListItem[];
  readonly onClose: (done: boolean) => void;
}) {
  const { t } = useWords();
  // The selection as it was when the sheet opened: cases that change meanwhile are not to slip away from the result.
  const [ids] = useState(() => items.map(({ id }) => id));
  const [reason, setReason] = useDraft(`bulk/${action}`);
  const [to, setTo] = useState('');
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [running, setRunning] = useState(false);
  const plans = useLoad(`plan/${action}/${ids.join()}`, (signal) =>
    Promise.all(ids.map((id) => plan(action, id, signal))),
  );
  const possible = (plans.data ?? []).filter(({ why }) => why === undefined);
  const needsReason = action !== 'approve';
  const incomplete = (needsReason && reason.trim().length < SHORTEST) || (action === 'reassign' && to.trim() === '');
  const finished = outcomes.size > 0 && !running;

  const run = async (): Promise<void> => {
    setRunning(true);
    const body = {
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(action === 'reassign' ? { to: to.trim() } : {}),
    };
    const done = new Map<string, Outcome>();
    for (const each of possible) {
      done.set(each.id, await carryOut(action, each, body));
      setOutcomes(new Map(done));
    }
    setReason('');
    setRunning(false);
  };

  return (
    <Sheet
      title={`${t(`team.${action}`)} · ${finished ? t('team.results') : t('team.preview')}`}
      wide
      onClose={() => onClose(finished)}
    >
      <div className="action-form">
        {!finished && <p className="muted">{t('team.previewText')}</p>}
        {action === 'reassign' && !finished && <ColleagueField label={t('act.to')} value={to} onChange={setTo} />}
        {!finished && (
          <label className="field">
            <span>
              {t('act.reason')} {!needsReason && <small>({t('act.optional')})</small>}
            </span>
            <textarea
              rows={2}
              dir="auto"
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        )}
        {plans.data ? (
          <table className="bulk-list">
            <tbody>
              {plans.data.map((each) => {
                const outcome = outcomes.get(each.id);
                const good = outcome ? outcome.done : each.why === undefined;
                return (
                  <tr key={each.id} className={good ? 'good' : 'bad'}>
                    <th scope="row">
                      <Icon name={good ? 'check' : 'close'} /> <bdi className="number">{shortId(each.id)}</bdi>{' '}
                      {each.view && said(each.view.texts.type)}
                    </th>
                    <td>{each.view && said(each.view.texts.status)}</td>
                    <td>
                      {outcome
                        ? outcome.done
                          ? t('team.done')
                          : `${t('team.failed')}: ${outcome.why}`
                        : each.why === undefined
                          ? `${t('team.will')}${each.claimFirst ? ` (${t('team.claimFirst')})` : ''}`
                          : `${t('team.wont')}: ${each.why}`}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        ) : (
          <Skeleton rows={Math.min(8, ids.length)} label={t('team.checking')} />
        )}
        <footer className="dialog-foot">
          <Button className="button" onPress={() => onClose(finished)}>
            {finished ? t('team.close') : t('act.cancel')}
          </Button>
          {!finished && (
            <Button
              className="button primary"
              isDisabled={running || incomplete || possible.length === 0}
              onPress={() => void run()}
            >
              {running
                ? `${number(outcomes.size)} / ${number(possible.length)}`
                : t('team.run', { count: possible.length })}
            </Button>
          )}
        </footer>
      </div>
    </Sheet>
  );
}
