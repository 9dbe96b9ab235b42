import { useState } from 'react';
import { Button, Label, Radio, RadioGroup } from 'react-aria-components';
import type { Case } from '../api/client';
import { useDraft, useKept } from '../api/hooks';
import { inDigits, number } from '../format';
import { setQuery, usePlace } from '../router';
import { tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { Icon } from '../ui/icon';
import { tell } from '../ui/toast';
import { named, useWords } from '../words';
import { ReasonField, TroubleText, useActing, useSubmitLabel } from './acting';
import { LedgerProof } from './ledgers';
import { Fold } from './pieces';
import { since, type CaseEvent, type Explained } from './parts';

interface Given {
  readonly explained: Explained;
  readonly view: Case;
  readonly events: readonly CaseEvent[];
  readonly reload: () => void;
}

type Choice = 'pin' | 'compensate';

/** One effect: what it is, when it was made, and what becomes of it. */
function EffectChoice({
  effect,
  pinOnly,
  chosen,
  wrong,
  onChoose,
}: {
  readonly effect: Pick<Explained['effects'][number], 'key' | 'kind' | 'what'> & { readonly at?: string };
  readonly pinOnly: boolean;
  readonly chosen: Choice | undefined;
  readonly wrong: boolean;
  readonly onChoose: (choice: Choice) => void;
}) {
  const { t, said } = useWords();
  const { key, kind, what, at } = effect;
  return (
    <li className={wrong ? 'effect-choice wrong' : 'effect-choice'}>
      <div>
        <b>{named('ops.effectKinds', kind)}</b> {said(what)}{' '}
        {at !== undefined && (
          <span className="muted">
            <time dateTime={at}>{since(at)}</time>
          </span>
        )}
        <bdi dir="ltr" className="number under">
          {key.slice(key.indexOf('/') + 1)}
        </bdi>
      </div>
      <RadioGroup
        className="pin-or"
        aria-label={`${named('ops.effectKinds', kind)} ${key}: ${t('ops.reset.choose')}`}
        value={chosen ?? null}
        isInvalid={wrong}
        orientation="horizontal"
        onChange={(next) => onChoose(next as Choice)}
      >
        <Radio value="pin" className="segment">
          {t('ops.reset.pin')}
        </Radio>
        {pinOnly ? (
          <span className="muted pin-only">{t('ops.reset.pinOnly')}</span>
        ) : (
          <Radio value="compensate" className="segment">
            {t('ops.reset.compensate')}
          </Radio>
        )}
      </RadioGroup>
    </li>
  );
}

/** What is chosen, and the version of the case that was looked at when choosing began. */
interface Draft {
  readonly step: string | null;
  readonly choices: Readonly<Record<string, Choice>>;
  readonly looked?: number;
}
const NOTHING: Draft = { step: null, choices: {} };

function ResetForm({ explained: { id, version, resets, effects }, events, reload }: Given) {
  const { t, said } = useWords();
  const [draft, setDraft] = useKept<Draft>(`${id}/reset-choices`, NOTHING);
  const { step, choices } = draft;
  const [reason, setReason] = useDraft(`${id}/reset`);
  const [tried, setTried] = useState(false);
  const acting = useActing(id, version, reload, draft.looked);
  const label = useSubmitLabel(acting, t('ops.reset.submit'));
  const choose = (change: Partial<Draft>): void => {
    acting.begin();
    setDraft({ ...draft, ...change, looked: draft.looked ?? version });
  };
  const point = resets.find((each) => each.step === step);
  const after = point?.effects ?? [];
  const open = after.filter((key) => choices[key] === undefined);

  const submit = async (): Promise<void> => {
    setTried(true);
    if (!point) return acting.refuse(t('ops.reset.chooseStep'));
    if (open.length > 0) return acting.refuse(t('ops.reset.open', { n: number(open.length) }));
    if (tooShort(reason)) return;
    const of = (choice: Choice): string[] => after.filter((key) => choices[key] === choice);
    const seen = version;
    const done = await acting.run('reset', {
      to: point.step,
      pin: of('pin'),
      compensate: of('compensate'),
      reason: reason.trim(),
    });
    if (!done) return;
    tell(t('ops.reset.done'));
    setReason('');
    setDraft(NOTHING);
    setTried(false);
    // In the address, so that the proof is there again after a reload.
    setQuery('reset', String(seen));
  };

  return (
    <ActionForm trouble={acting.trouble} submit={submit}>
      <RadioGroup
        className="field"
        value={step}
        onChange={(next) => {
          choose({ step: next });
          setTried(false);
        }}
      >
        <Label>{t('ops.reset.which')}</Label>
        {resets.map((each) => (
          <Radio key={each.step} value={each.step} className="option round">
            <i aria-hidden="true" />
            {said(each.title)}
          </Radio>
        ))}
      </RadioGroup>
      {point && (
        <fieldset className="effects-after">
          <legend>
            {t('ops.reset.effects')}
            {open.length > 0 && <small> · {t('ops.reset.left', { n: number(open.length) })}</small>}
          </legend>
          {after.length === 0 ? (
            <p className="muted">{t('ops.reset.noEffects')}</p>
          ) : (
            <>
              <p className="muted">
                {t('ops.reset.pin')}: {t('ops.reset.pinText')}. {t('ops.reset.compensate')}:{' '}
                {t('ops.reset.compensateText')}.
              </p>
              <ul>
                {after.map((key) => {
                  const kind = key.slice(0, key.indexOf('/'));
                  const what = { ar: '', en: '' };
                  return (
                    <EffectChoice
                      key={key}
                      effect={effects.find((effect) => effect.key === key) ?? { key, kind, what }}
                      pinOnly={point.pinOnly.includes(key)}
                      chosen={choices[key]}
                      wrong={tried && choices[key] === undefined}
                      onChoose={(choice) => choose({ choices: { ...choices, [key]: choice } })}
                    />
                  );
                })}
              </ul>
            </>
          )}
        </fieldset>
      )}
      <ReasonField id="reset-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
      <TroubleText acting={acting} events={events} />
      <footer className="panel-foot">
        <Button type="submit" className="button grave" isDisabled={acting.busy}>
          {label}
        </Button>
      </footer>
    </ActionForm>
  );
}

/** After a reset: that the case stands where it was to stand, and that its ledgers agree with the outside. */
function Proof({
  id,
  after,
  events,
}: {
  readonly id: string;
  readonly after: number;
  readonly events: readonly CaseEvent[];
}) {
  const { t } = useWords();
  const ended = events.find(
    ({ version, type }) => version > after && (type === 'CaseReset' || type === 'IncidentRaised'),
  );
  return (
    <section className="panel proof" aria-live="polite">
      <header className="panel-head">
        <h2>{t('ops.reset.proof')}</h2>
        <Button className="button quiet small" onPress={() => setQuery('reset', undefined)}>
          {t('team.close')}
        </Button>
      </header>
      {!ended ? (
        <p role="status">{t('ops.reset.waiting')}</p>
      ) : ended.type === 'CaseReset' ? (
        <>
          <p className="verdict-line good">
            <Icon name="check" /> {t('ops.reset.stands', { version: inDigits(String(ended.version)) })}
          </p>
          <LedgerProof id={id} of={`reset/${ended.version}`} />
        </>
      ) : (
        <p className="verdict-line bad" role="alert">
          <Icon name="alert" /> {t('ops.reset.failed')}
        </p>
      )}
    </section>
  );
}

/** Takes a case back to a step, with every effect after it kept or taken back by choice. */
export function ResetPanel(given: Given) {
  const { t, said } = useWords();
  const { explained, view, events } = given;
  const { query } = usePlace();
  const ordered = Number(query.get('reset') ?? 'none');
  const { resetting, resets } = explained;
  const unavailable = view.unavailableActions.find(({ action }) => action === 'reset');
  const may = view.allowedActions.some(({ action }) => action === 'reset');
  const to = resets.find(({ step }) => step === resetting?.to)?.title;
  return (
    <>
      {Number.isInteger(ordered) && <Proof id={explained.id} after={ordered} events={events} />}
      <Fold id="reset" title={t('ops.reset.title')} text={t('ops.reset.text')} open={resetting !== null}>
        {resetting && (
          <p className="preview">
            <b>{t('ops.reset.underWay')}</b> {t('ops.reset.underWayText', { step: to ? said(to) : resetting.to })}
          </p>
        )}
        {may ? (
          <ResetForm {...given} />
        ) : (
          <p className="muted">{unavailable ? said(unavailable.whyNot.message) : t('ops.reset.none')}</p>
        )}
      </Fold>
    </>
  );
}
