import { useMemo, useState } from 'react';
import { Button, Checkbox, CheckboxGroup, Label, Radio, RadioGroup } from 'react-aria-components';
import { act, Refused, Unreachable, type Case, type CaseEvent } from '../api/client';
import { useDraft } from '../api/hooks';
import { formOf, type Field } from '../case-types';
import { ColleagueField } from '../colleagues';
import { moment, shortId, time } from '../format';
import type { Option } from '../ui/choice';
import { Icon } from '../ui/icon';
import { Sheet } from '../ui/dialog';
import { whyNot } from '../ui/state';
import { named, useWords } from '../words';
import type { Family } from './family';
import { whoDid } from './history';
import { Preview } from './preview';

export interface Asked {
  readonly action: string;
}

const LONGEST = 2000;
const SHORTEST = 3;

type Values = Readonly<Record<string, string | readonly string[]>>;

const given = (value: string | readonly string[] | undefined): boolean => value !== undefined && value.length > 0;

/** One field of the action's own form, drawn from what the API says it takes. */
function FieldInput({
  name,
  field,
  label,
  value,
  onChange,
  among,
}: {
  readonly name: string;
  readonly field: Field;
  readonly label: string;
  readonly value: string | readonly string[] | undefined;
  readonly onChange: (value: string | readonly string[]) => void;
  readonly among: readonly Option<string>[] | undefined;
}) {
  const options = among?.map((each) => each.value) ?? field.enum ?? field.items?.enum;
  const labelOf = (option: string): string =>
    among?.find((each) => each.value === option)?.label ?? named('act.fields', option);
  if (field.type === 'array' && options) {
    return (
      <CheckboxGroup className="field" value={Array.isArray(value) ? [...(value as string[])] : []} onChange={onChange}>
        <Label>{label}</Label>
        {options.map((option) => (
          <Checkbox key={option} value={option} className="option">
            <i aria-hidden="true">
              <Icon name="check" />
            </i>
            {labelOf(option)}
          </Checkbox>
        ))}
      </CheckboxGroup>
    );
  }
  if (options) {
    return (
      <RadioGroup className="field" value={typeof value === 'string' ? value : null} onChange={onChange}>
        <Label>{label}</Label>
        {options.map((option) => (
          <Radio key={option} value={option} className="option round">
            <i aria-hidden="true" />
            {labelOf(option)}
          </Radio>
        ))}
      </RadioGroup>
    );
  }
  return (
    <label className="field">
      <span>{label}</span>
      <input
        name={name}
        dir="auto"
        autoComplete="off"
        value={typeof value === 'string' ? value : ''}
        maxLength={field.maxLength ?? 64}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

type Trouble =
  | { readonly kind: 'conflict'; readonly from: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly text: string };

export interface ActionSheetGiven {
  /** As it is now; it changes under the open sheet when somebody else acts. */
  readonly view: Case;
  readonly events: readonly CaseEvent[];
  readonly family: Family | undefined;
  readonly asked: Asked;
  readonly onClose: () => void;
  readonly onDone: (after: Case, title: string) => void;
  readonly onStale: () => void;
}

/** Asks for what an action needs, shows what the applicant will get, and says what changed when the case has moved on meanwhile. */
export function ActionSheet({ view, events, family, asked: { action }, onClose, onDone, onStale }: ActionSheetGiven) {
  const { t, said } = useWords();
  const form = useMemo(() => formOf(view.type, action), [view.type, action]);
  const [reason, setReason] = useDraft(`${view.id}/${action}`);
  const [values, setValues] = useState<Values>({});
  const [looked, setLooked] = useState(view.version);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>();

  const allowed = view.allowedActions.find((each) => each.action === action);
  const unavailable = view.unavailableActions.find((each) => each.action === action);
  const title = said((allowed ?? unavailable)?.title ?? { ar: action, en: action });
  const needsReason = form.required.includes('reason');
  const fields = Object.entries(form.properties).filter(
    ([name, field]) => name !== 'reason' && (field.type !== undefined || field.enum !== undefined),
  );
  const missing = fields.some(([name]) => form.required.includes(name) && !given(values[name]));
  const tooShort = needsReason
    ? reason.trim().length < SHORTEST
    : reason.trim() !== '' && reason.trim().length < SHORTEST;
  // A claim that was renewed or a note that came is no reason to ask again: only the version that was looked at counts for what decides.
  const since = events.filter(({ version }) => version > looked);
  const conflict = trouble?.kind === 'conflict';

  const submit = async (): Promise<void> => {
    setTried(true);
    if (missing || tooShort || busy) return;
    setBusy(true);
    setTrouble(undefined);
    const seen = conflict ? view.version : looked;
    try {
      const after = await act({ id: view.id, version: seen }, action, {
        ...values,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      });
      setReason('');
      onDone(after, title);
    } catch (error) {
      setBusy(false);
      if (error instanceof Unreachable) setTrouble({ kind: 'offline' });
      else if (error instanceof Refused && error.status === 412) {
        if (conflict) setLooked(seen);
        setTrouble({ kind: 'conflict', from: seen });
        onStale();
      } else {
        setTrouble({ kind: 'refused', text: whyNot(error, t('act.failed')) });
        onStale();
      }
    }
  };

  return (
    <Sheet title={title} onClose={onClose}>
      <form
        className="action-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {fields.map(([name, field]) =>
          name === 'to' ? (
            <ColleagueField
              key={name}
              label={t('act.to')}
              value={typeof values[name] === 'string' ? values[name] : ''}
              onChange={(value) => setValues({ ...values, [name]: value.trim() })}
            />
          ) : (
            <FieldInput
              key={name}
              name={name}
              field={field}
              among={
                name === 'of'
                  ? family?.candidates.map(({ ref, kind, told }) => ({
                      value: ref,
                      label: `${told?.nameAr ?? ''} · ${kind === 'case' ? t('family.openReport', { id: shortId(ref) }) : t('family.inRegister')}`,
                    }))
                  : undefined
              }
              label={named('act', name)}
              value={values[name]}
              onChange={(value) => setValues({ ...values, [name]: value })}
            />
          ),
        )}
        {tried && missing && (
          <p className="field-error" role="alert">
            {t('act.choose')}
          </p>
        )}
        <label className="field">
          <span>
            {action === 'note' ? t('act.note') : t('act.reason')} {!needsReason && <small>({t('act.optional')})</small>}
          </span>
          <textarea
            dir="auto"
            rows={4}
            maxLength={LONGEST}
            value={reason}
            aria-invalid={tried && tooShort}
            aria-describedby="reason-hint"
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
            }}
          />
          <small id="reason-hint" className={tried && tooShort ? 'field-error' : undefined}>
            {tried && tooShort
              ? t('act.tooShort')
              : t(action === 'return' ? 'act.reasonHintApplicant' : 'act.reasonHint')}
          </small>
        </label>
        {allowed && action !== 'note' && <Preview view={view} action={action} values={missing ? undefined : values} />}
        {conflict && (
          <div className="conflict" role="alert">
            <h3>{t('act.conflict')}</h3>
            {since.length > 0 && (
              <>
                <p>{t('act.conflictText')}</p>
                <ul>
                  {since.map((event) => (
                    <li key={event.version}>
                      <time dateTime={event.at} title={moment(event.at)}>
                        {time(event.at)}
                      </time>{' '}
                      {said(event.text)} ({whoDid(event)})
                    </li>
                  ))}
                </ul>
              </>
            )}
            {!allowed && <p>{t('act.unavailable', { why: unavailable ? said(unavailable.whyNot.message) : '' })}</p>}
          </div>
        )}
        {trouble?.kind === 'offline' && (
          <p className="conflict" role="alert">
            {t('act.offline')}
          </p>
        )}
        {trouble?.kind === 'refused' && (
          <p className="conflict" role="alert">
            {trouble.text}
          </p>
        )}
        <footer className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className="button primary" isDisabled={busy || (conflict && !allowed)}>
            {busy ? t('act.trying') : conflict ? t('act.again') : trouble?.kind === 'offline' ? t('act.retry') : title}
          </Button>
        </footer>
      </form>
    </Sheet>
  );
}
