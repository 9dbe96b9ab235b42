import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { act, Refused, Unreachable, type Case, type CaseEvent, type FamilyEvidence } from '../api/client';
import { useKept } from '../api/hooks';
import { formOf } from '../case-types';
import { moment, time } from '../format';
import { LONGEST_REASON, tooShort } from '../reason';
import { session } from '../session';
import { ActionForm } from '../ui/action-form';
import { Sheet } from '../ui/dialog';
import { whyNot } from '../ui/state';
import { useWords } from '../words';
import { FieldInput, given, sent, useOptions, type Values } from './action-fields';
import { whoDid } from './history';
import { Preview } from './preview';
import { RepairProposed } from './repair-proposed';

export interface Asked {
  readonly action: string;
}

/** A form as it is filled, and the version of the case that was looked at when it was begun. */
interface Draft {
  readonly reason: string;
  readonly values: Values;
  readonly looked?: number;
}

const EMPTY: Draft = { reason: '', values: {} };

/** A claim that was renewed, or taken again after a reload, changes nothing that a decision rests on. */
const OWN_CLAIM: ReadonlySet<string> = new Set(['CaseClaimed', 'ClaimRenewed', 'ClaimReleased']);
const matters = ({ type, actor }: CaseEvent): boolean =>
  !OWN_CLAIM.has(type) || actor.id === undefined || actor.id !== session()?.staff.id;

/** Between colleagues: nothing of it reaches the applicant. */
const WITHOUT_PREVIEW: ReadonlySet<string> = new Set(['note']);

/** What is said of a repair is said of the one that was proposed. */
const REPAIRS: ReadonlySet<string> = new Set(['confirm-repair', 'decline-repair']);

type Trouble =
  | { readonly kind: 'conflict'; readonly from: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly text: string };

export interface ActionSheetGiven {
  /** As it is now; it changes under the open sheet when somebody else acts. */
  readonly view: Case;
  readonly events: readonly CaseEvent[];
  readonly family: FamilyEvidence | undefined;
  readonly asked: Asked;
  readonly onClose: () => void;
  /** Whoever has it in hand may be done with it by this, and take the next one. */
  readonly goesOn: boolean;
  readonly onDone: (after: Case, title: string, next: boolean) => void;
  readonly onStale: () => void;
}

/** Asks for what an action needs, shows what the applicant will get, and says what changed when the case has moved on meanwhile. */
export function ActionSheet({
  view,
  events,
  family,
  asked: { action },
  goesOn,
  onClose,
  onDone,
  onStale,
}: ActionSheetGiven) {
  const { t, said } = useWords();
  const form = useMemo(() => formOf(view.type, action), [view.type, action]);
  const [draft, setDraft] = useKept<Draft>(`${view.id}/${action}`, EMPTY);
  const [begun] = useState(draft.looked ?? view.version);
  const [seenAgain, setSeenAgain] = useState<number | undefined>();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>();

  const { reason, values } = draft;
  const looked = seenAgain ?? begun;
  const fill = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change, looked: begun };
    setDraft(next.reason === '' && !Object.values(next.values).some(given) ? EMPTY : next);
  };
  const allowed = view.allowedActions.find((each) => each.action === action);
  const unavailable = view.unavailableActions.find((each) => each.action === action);
  const title = said((allowed ?? unavailable)?.title ?? { ar: action, en: action });
  const options = useOptions(view.type, allowed, family);
  const needsReason = form.required.includes('reason');
  const fields = Object.entries(form.properties).filter(
    ([name, field]) => name !== 'reason' && (field.type !== undefined || field.enum !== undefined),
  );
  const missing = fields.some(([name]) => form.required.includes(name) && !given(values[name]));
  const short = (needsReason || reason.trim() !== '') && tooShort(reason);
  const since = events.filter((event) => event.version > looked && matters(event));
  const conflict = trouble?.kind === 'conflict';

  const submit = async (next = false): Promise<void> => {
    setTried(true);
    if (missing || short || busy) return;
    setBusy(true);
    setTrouble(undefined);
    const seen = conflict || since.length === 0 ? view.version : looked;
    try {
      const after = await act({ id: view.id, version: seen }, action, {
        ...sent(values),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      });
      setDraft(EMPTY);
      onDone(after, title, next);
    } catch (error) {
      setBusy(false);
      if (error instanceof Unreachable) setTrouble({ kind: 'offline' });
      else if (error instanceof Refused && error.status === 412) {
        setSeenAgain(seen);
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
      <ActionForm trouble={trouble} submit={submit}>
        {view.repair && REPAIRS.has(action) && <RepairProposed repair={view.repair} />}
        {fields.map(([name, field]) => (
          <FieldInput
            key={name}
            name={name}
            field={field}
            options={options(name, field)}
            value={values[name]}
            onChange={(value) => fill({ values: { ...values, [name]: value } })}
          />
        ))}
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
            maxLength={LONGEST_REASON}
            value={reason}
            aria-invalid={tried && short}
            aria-describedby="reason-hint"
            onChange={(event) => fill({ reason: event.target.value })}
          />
          <small id="reason-hint" className={tried && short ? 'field-error' : undefined}>
            {tried && short ? t('act.tooShort') : t(action === 'return' ? 'act.reasonHintApplicant' : 'act.reasonHint')}
          </small>
        </label>
        {allowed && !WITHOUT_PREVIEW.has(action) && (
          <Preview view={view} action={action} values={missing ? undefined : sent(values)} />
        )}
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
          </div>
        )}
        {!allowed && !busy && (
          <p className="conflict" role="alert">
            {t('act.unavailable', { why: unavailable ? said(unavailable.whyNot.message) : '' })}
          </p>
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
          <Button
            className="button"
            onPress={() => {
              setDraft(EMPTY);
              onClose();
            }}
          >
            {t('act.cancel')}
          </Button>
          {goesOn && allowed?.weight === 'main' && !trouble && (
            <Button className="button" isDisabled={busy} onPress={() => void submit(true)}>
              {t('act.andNext', { what: title })}
            </Button>
          )}
          <Button type="submit" className="button primary" isDisabled={busy || !allowed}>
            {busy ? t('act.trying') : conflict ? t('act.again') : trouble?.kind === 'offline' ? t('act.retry') : title}
          </Button>
        </footer>
      </ActionForm>
    </Sheet>
  );
}
