import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { act, isStale, isUnanswered, Unreachable, type Case, type CaseEvent, type FamilyEvidence } from '../api/client';
import { useKept } from '../api/hooks';
import { formOf } from '../case-types';
import { moment, time } from '../format';
import { LONGEST_REASON, tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { Clear } from '../ui/clear';
import { Sheet } from '../ui/dialog';
import { Room } from '../ui/room';
import { whyNot } from '../ui/state';
import { useWords } from '../words';
import { askedBy, FieldInput, given, sent, useOptions, type Values } from './action-fields';
import { whoDid } from './history';
import { matters } from './matters';
import { Preview } from './preview';
import { RepairProposed } from './repair-proposed';

export interface Asked {
  readonly action: string;
}

/** What was sent: the same again is the same act. */
interface Try {
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A form as it is filled, and the version of the case that was looked at when it was begun. */
interface Draft {
  readonly reason: string;
  readonly values: Values;
  readonly looked?: number;
}

const EMPTY: Draft = { reason: '', values: {} };

/** Between colleagues: nothing of it reaches the applicant. */
const WITHOUT_PREVIEW: ReadonlySet<string> = new Set(['note']);

/** What is said of a repair is said of the one that was proposed. */
const REPAIRS: ReadonlySet<string> = new Set(['confirm-repair', 'decline-repair']);

type Trouble =
  { readonly kind: 'conflict' } | { readonly kind: 'offline' } | { readonly kind: 'refused'; readonly text: string };

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
  const [unanswered, setUnanswered] = useKept<Try | null>(`${view.id}/${action}/sent`, null);
  const [begun] = useState(draft.looked ?? view.version);
  const [seenAgain, setSeenAgain] = useState<number | undefined>();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>();

  const { reason, values } = draft;
  const looked = seenAgain ?? begun;
  const fill = (change: Partial<Draft>): void => {
    // Something else than what was sent is another act.
    setUnanswered(null);
    const next = { ...draft, ...change, looked: begun };
    setDraft(next.reason === '' && !Object.values(next.values).some(given) ? EMPTY : next);
  };
  const allowed = view.allowedActions.find((each) => each.action === action);
  const unavailable = view.unavailableActions.find((each) => each.action === action);
  const title = said((allowed ?? unavailable)?.title ?? { ar: action, en: action });
  const options = useOptions(view.type, allowed, family);
  const needsReason = form.required.includes('reason');
  const fields = askedBy(form, values).map((asked) => ({
    ...asked,
    lacking: asked.needed && !given(values[asked.name]),
  }));
  const filled = sent(Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? ''])));
  const missing = fields.some(({ lacking }) => lacking);
  const short = (needsReason || reason.trim() !== '') && tooShort(reason);
  const since = events.filter((event) => event.version > looked && matters(event));
  const conflict = trouble?.kind === 'conflict';
  const unheard = unanswered !== null || trouble?.kind === 'offline';

  const clear = (): void => {
    setDraft(EMPTY);
    setUnanswered(null);
  };
  const submit = async (next = false): Promise<void> => {
    setTried(true);
    if (missing || short || busy) return;
    setBusy(true);
    setTrouble(undefined);
    const seen = conflict || since.length === 0 ? view.version : looked;
    const body = { ...filled, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) };
    const attempt = (one: Try): Promise<Case> => {
      setUnanswered(one);
      return act({ id: view.id, version: one.version }, action, one.body);
    };
    const anew = (): Promise<Case> => attempt({ version: seen, body });
    try {
      // As it was sent, whatever is allowed by now: it may be why that is so. What was not done then is tried as the case is now.
      const after = await (unanswered === null
        ? anew()
        : attempt(unanswered).catch((error: unknown) => {
            if (isStale(error)) return anew();
            throw error;
          }));
      clear();
      onDone(after, title, next);
    } catch (error) {
      setBusy(false);
      if (!isUnanswered(error)) setUnanswered(null);
      if (error instanceof Unreachable) return setTrouble({ kind: 'offline' });
      if (isStale(error)) {
        setSeenAgain(seen);
        setTrouble({ kind: 'conflict' });
      } else setTrouble({ kind: 'refused', text: whyNot(error, t('act.failed')) });
      onStale();
    }
  };

  return (
    <Sheet title={title} onClose={onClose}>
      <ActionForm trouble={trouble} submit={submit}>
        {view.repair && REPAIRS.has(action) && <RepairProposed repair={view.repair} />}
        {fields.map(({ name, field, lacking }) => (
          <FieldInput
            key={name}
            name={name}
            field={field}
            options={options(name, field)}
            value={values[name]}
            missing={tried && lacking}
            onChange={(value) => fill({ values: { ...values, [name]: value } })}
          />
        ))}
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
          <Room text={reason} most={LONGEST_REASON} />
        </label>
        {allowed && !WITHOUT_PREVIEW.has(action) && (
          <Preview view={view} action={action} values={missing ? undefined : filled} />
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
        {!allowed && !busy && !unanswered && (
          <p className="conflict" role="alert">
            {t('act.unavailable', { why: unavailable ? said(unavailable.whyNot.message) : '' })}
          </p>
        )}
        {unheard && !busy && (
          <p className="conflict" role="alert">
            {t(trouble?.kind === 'offline' ? 'act.offline' : 'act.unanswered')}
          </p>
        )}
        {trouble?.kind === 'refused' && (
          <p className="conflict" role="alert">
            {trouble.text}
          </p>
        )}
        <footer className="dialog-foot">
          <Clear when={draft !== EMPTY && !busy} onClear={clear} />
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          {goesOn && allowed?.weight === 'main' && !trouble && !unanswered && (
            <Button className="button" isDisabled={busy} onPress={() => void submit(true)}>
              {t('act.andNext', { what: title })}
            </Button>
          )}
          <Button type="submit" className="button primary" isDisabled={busy || (!allowed && !unanswered)}>
            {busy ? t('act.trying') : conflict ? t('act.again') : unheard ? t('act.retry') : title}
          </Button>
        </footer>
      </ActionForm>
    </Sheet>
  );
}
