import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useDraft, useKept, useLoad } from '../api/hooks';
import { ColleagueField } from '../colleagues';
import { number, shortId, time } from '../format';
import { LONGEST_REASON, tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { Sheet } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Room } from '../ui/room';
import { Shown } from '../ui/state';
import { asWritten, said, useWords } from '../words';
import type { Word } from '../words/shape';
import { carryOut, plansOf, type BulkAction, type Outcome, type Plan } from './bulk-plan';

function What({
  plan,
  outcome,
  stopped,
}: {
  readonly plan: Plan;
  readonly outcome: Outcome | undefined;
  readonly stopped: boolean;
}) {
  const { t } = useWords();
  if (outcome?.done) return t('team.done');
  if (outcome)
    return (
      <>
        {t(outcome.sent ? 'team.unanswered' : 'team.failed')}: {outcome.why}
        {outcome.changed && outcome.changed.length > 0 && (
          <ul className="changed">
            {outcome.changed.map(({ version, at, text }) => (
              <li key={version}>
                <time dateTime={at}>{time(at)}</time> {said(text)}
              </li>
            ))}
          </ul>
        )}
      </>
    );
  if (plan.why !== undefined) return `${t('team.wont')}: ${plan.why}`;
  if (stopped) return t('team.notTried');
  return (
    <>
      {t('team.will')}
      {plan.claimFirst ? ` (${t('team.claimFirst')})` : ''}
      {plan.messages?.map((text) => (
        <small key={text.en} className="bulk-message">
          <Icon name="note" /> <q>{asWritten(text)}</q>
        </small>
      ))}
    </>
  );
}

export function BulkSheet({
  action,
  ids,
  onClose,
}: {
  readonly action: BulkAction;
  /** The selection as it was when it was asked about: cases that change meanwhile are not to slip away from the result. */
  readonly ids: readonly string[];
  readonly onClose: (done: boolean) => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useDraft(`bulk/${action}`);
  const [to, setTo] = useDraft(`bulk/${action}/to`);
  const [kept, setKept] = useKept<readonly (readonly [string, Outcome])[]>(`bulk/${action}/outcomes`, []);
  const outcomes = new Map(kept);
  const [state, setState] = useState<'before' | 'running' | 'stopping' | 'finished'>(
    kept.length > 0 ? 'finished' : 'before',
  );
  const stop = useRef(false);
  const plans = useLoad(`plan/${action}/${ids.join()}`, (signal) => plansOf(action, ids, signal));
  // What was tried may be possible no more because it was done.
  const possible = (plans.data ?? []).filter(({ id, why }) => why === undefined || outcomes.has(id));
  const unreached = plans.data?.some((plan) => plan.unreached) === true;
  const needsReason = action !== 'approve';
  const words = reason.trim();
  const running = state === 'running' || state === 'stopping';
  const finished = state === 'finished';

  /** What keeps it from being done: said beside the button, not only by its being grey. */
  const missing = (): Word | undefined => {
    if (plans.data === undefined) return undefined;
    if (possible.length === 0) return unreached ? 'team.notAsked' : 'team.nonePossible';
    if (action === 'reassign' && to.trim() === '') return 'team.toWhom';
    if ((needsReason || words !== '') && tooShort(words)) return 'team.reasonShort';
    return undefined;
  };
  const lacks = missing();
  /** What a stop or a lost connection has left over. */
  const left = possible.filter(({ id }) => {
    const outcome = outcomes.get(id);
    return outcome === undefined || (!outcome.done && outcome.unreached === true);
  });

  const run = async (): Promise<void> => {
    setState('running');
    stop.current = false;
    const body = { ...(words === '' ? {} : { reason: words }), ...(action === 'reassign' ? { to: to.trim() } : {}) };
    const done = new Map(outcomes);
    let whole = true;
    for (const each of left) {
      whole &&= !stop.current;
      if (stop.current) break;
      const outcome = await carryOut(action, each, body, outcomes.get(each.id));
      whole &&= outcome.done || !outcome.unreached;
      done.set(each.id, outcome);
      setKept([...done]);
    }
    setState('finished');
    // What was typed is kept as long as there are cases left to do it to.
    if (!whole) return;
    setReason('');
    setTo('');
  };

  const close = (): void => {
    setKept([]);
    onClose(finished);
  };

  return (
    <Sheet
      title={`${t(`team.${action}`)} · ${finished ? t('team.results') : t('team.preview')}`}
      wide
      locked={running}
      onClose={close}
    >
      <ActionForm submit={run}>
        {state === 'before' && <p className="muted">{t('team.previewText')}</p>}
        {action === 'reassign' && state === 'before' && (
          <ColleagueField label={t('act.to')} value={to} onChange={setTo} />
        )}
        {state === 'before' && (
          <label className="field">
            <span>
              {t('act.reason')} {!needsReason && <small>({t('act.optional')})</small>}
            </span>
            <textarea
              rows={2}
              dir="auto"
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Room text={reason} most={LONGEST_REASON} />
          </label>
        )}
        <Shown loaded={plans} rows={Math.min(8, ids.length)} label={t('team.checking')}>
          {(all) => (
            <table className="bulk-list">
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">{t('queue.case')}</th>
                  <th scope="col">{t('case.applicant')}</th>
                  <th scope="col">{t('queue.status')}</th>
                  <th scope="col">{t('team.results')}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((each) => {
                  const outcome = outcomes.get(each.id);
                  const stopped = finished && outcome === undefined && each.why === undefined;
                  const good = outcome ? outcome.done : each.why === undefined && !stopped;
                  return (
                    <tr key={each.id} className={good ? 'good' : 'bad'}>
                      <th scope="row">
                        <Icon name={good ? 'check' : 'close'} /> <bdi className="number">{shortId(each.id)}</bdi>{' '}
                        {each.view && said(each.view.texts.type)}
                      </th>
                      <td>{each.applicant && said(each.applicant)}</td>
                      <td>{each.view && said(each.view.texts.status)}</td>
                      <td>
                        <What plan={each} outcome={outcome} stopped={stopped} />
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )}
        </Shown>
        <footer className="dialog-foot">
          {state === 'before' && (
            <p className="muted" id="bulk-lacks" role="status">
              {lacks && t(lacks)}
            </p>
          )}
          {running && (
            <p role="status">
              {number(outcomes.size)} / {number(possible.length)}
            </p>
          )}
          {running ? (
            <Button
              className="button grave"
              isDisabled={state === 'stopping'}
              onPress={() => {
                stop.current = true;
                setState('stopping');
              }}
            >
              {t(state === 'stopping' ? 'team.stopping' : 'team.stop')}
            </Button>
          ) : (
            <Button className="button" onPress={close}>
              {finished ? t('team.close') : t('act.cancel')}
            </Button>
          )}
          {state === 'before' && unreached && (
            <Button className="button" isDisabled={plans.loading} onPress={plans.reload}>
              {t('state.retry')}
            </Button>
          )}
          {finished && left.length > 0 && (
            <Button type="submit" className="button primary">
              {t('team.goOn', { count: left.length })}
            </Button>
          )}
          {state === 'before' && (
            <Button
              type="submit"
              className="button primary"
              aria-describedby="bulk-lacks"
              isDisabled={plans.data === undefined || lacks !== undefined}
            >
              {t('team.run', { count: possible.length })}
            </Button>
          )}
        </footer>
      </ActionForm>
    </Sheet>
  );
}
