import { useState } from 'react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import type { Case } from '../api/client';
import { calledBy } from '../colleagues';
import { useDraft } from '../api/hooks';
import { since, type CaseEvent, type Explained } from './parts';
import { ReasonField, TroubleText, useActing, useSubmitLabel } from './acting';
import { DecideRepair, type Deciding } from './decide-repair';
import { Fold } from './pieces';
import { tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { tell } from '../ui/toast';
import { useWords } from '../words';

interface Given {
  readonly explained: Explained;
  readonly view: Case;
  readonly events: readonly CaseEvent[];
  readonly reload: () => void;
}

const LONGEST = 128;

function RepairForm({ explained: { id, version, repairable }, events, reload }: Given) {
  const { t, said } = useWords();
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useDraft(`${id}/repair-value`);
  const [reason, setReason] = useDraft(`${id}/repair`);
  const [tried, setTried] = useState(false);
  const acting = useActing(id, version, reload);
  const fact = repairable.find((each) => each.field === field);
  const same = fact !== undefined && value.trim() !== '' && value.trim() === fact.value;
  const missing = fact === undefined || value.trim() === '';
  const label = useSubmitLabel(acting, fact?.secondPerson ? t('ops.repair.propose') : t('ops.repair.submit'));

  const submit = async (): Promise<void> => {
    setTried(true);
    if (missing || same || tooShort(reason)) return;
    const after = await acting.run('repair', { field, value: value.trim(), reason: reason.trim() });
    if (!after) return;
    tell(fact.secondPerson ? t('ops.repair.proposed') : t('ops.repair.done'));
    setField(null);
    setValue('');
    setReason('');
    setTried(false);
  };

  return (
    <ActionForm trouble={acting.trouble} submit={submit}>
      <RadioGroup
        className="field"
        value={field}
        onChange={(next) => {
          acting.begin();
          setField(next);
        }}
      >
        <Label>{t('ops.repair.which')}</Label>
        {repairable.map((each) => (
          <Radio key={each.field} value={each.field} className="option round">
            <i aria-hidden="true" />
            <span className="fact">
              {said(each.title)}
              <small>
                {t('ops.repair.now')}: <bdi>{each.value || t('ops.repair.empty')}</bdi>
                {each.secondPerson && (
                  <>
                    {' · '}
                    <b>{t('ops.repair.second')}</b>
                  </>
                )}
              </small>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {fact && (
        <label className="field">
          <span>{t('ops.repair.value')}</span>
          <input
            name="value"
            dir="ltr"
            autoComplete="off"
            maxLength={LONGEST}
            value={value}
            aria-invalid={tried && (missing || same)}
            onChange={(event) => {
              acting.begin();
              setValue(event.target.value);
            }}
          />
          {same && <small className="field-error">{t('ops.repair.same')}</small>}
        </label>
      )}
      {fact?.secondPerson && <p className="preview">{t('ops.repair.secondText')}</p>}
      {tried && missing && (
        <p className="field-error" role="alert">
          {t('ops.repair.chooseFact')}
        </p>
      )}
      <ReasonField id="repair-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
      <TroubleText acting={acting} events={events} />
      <footer className="panel-foot">
        <Button type="submit" className="button primary" isDisabled={acting.busy}>
          {label}
        </Button>
      </footer>
    </ActionForm>
  );
}

/** Corrects a fact through the case's log; what a decision rested on is proposed, and waits for a second person. */
export function RepairPanel(given: Given) {
  const { t, said } = useWords();
  const { explained, view, events, reload } = given;
  const { repair, repairable } = explained;
  const [deciding, setDeciding] = useState<Deciding | undefined>();
  const { id, version } = explained;
  const decide = (action: Deciding['action']) => (): void => {
    if (view.repair) setDeciding({ action, id, version, repair: view.repair });
  };
  const may = (action: string): boolean => view.allowedActions.some((each) => each.action === action);
  const own = view.unavailableActions.find(({ action }) => action === 'confirm-repair');
  const fact = repair && repairable.find(({ field }) => field === repair.field);
  return (
    <Fold id="repair" title={t('ops.repair.title')} text={t('ops.repair.text')} open={repair !== null}>
      {repair ? (
        <div className="proposed">
          <p>
            <b>{t('ops.repair.waits')}</b>
          </p>
          <p>
            {fact ? said(fact.title) : repair.field}: {t('ops.repair.from')}{' '}
            <bdi>{fact?.value || t('ops.repair.empty')}</bdi> {t('ops.repair.to')} <bdi>{String(repair.value)}</bdi>
          </p>
          <p className="muted">{t('ops.repair.by', { who: calledBy(repair.by, undefined), at: since(repair.at) })}</p>
          {!may('confirm-repair') && own && <p className="muted">{said(own.whyNot.message)}</p>}
          <p className="incident-do">
            {may('confirm-repair') && (
              <Button className="button good" onPress={decide('confirm-repair')}>
                {t('ops.repair.agree')}
              </Button>
            )}
            {may('decline-repair') && (
              <Button className="button grave" onPress={decide('decline-repair')}>
                {t('ops.repair.decline')}
              </Button>
            )}
          </p>
        </div>
      ) : repairable.length === 0 || !may('repair') ? (
        <p className="muted">{t('ops.repair.nothing')}</p>
      ) : (
        <RepairForm {...given} />
      )}
      {deciding && (
        <DecideRepair
          deciding={deciding}
          now={version}
          waiting={view.repair}
          events={events}
          reload={reload}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </Fold>
  );
}
