import { useRef, useState } from 'react';
import { act, Refused, Unreachable, type Case } from '../api/client';
import { moment, time } from '../format';
import { LONGEST_REASON } from '../reason';
import { Room } from '../ui/room';
import { whyNot } from '../ui/state';
import { named, useWords } from '../words';
import type { CaseEvent } from './parts';

type Trouble =
  { readonly kind: 'conflict' } | { readonly kind: 'offline' } | { readonly kind: 'refused'; readonly text: string };

export interface Acting {
  readonly busy: boolean;
  readonly trouble: Trouble | undefined;
  /** The version that was looked at: what happened after it is shown before it is asked again. */
  readonly looked: number;
  /** From here on the form rests on what is seen now. */
  begin(): void;
  refuse(text: string): void;
  /** The case after it; undefined when it was not done, and `trouble` says why. */
  run(action: string, body: Readonly<Record<string, unknown>>): Promise<Case | undefined>;
}

/**
 * Acts on a case as it was when the form was begun. A case that has changed since shows what changed, and is asked about again.
 * @param from the version that a form rests on which is begun by being opened
 */
export function useActing(id: string, version: number, reload: () => void, from?: number): Acting {
  const { t } = useWords();
  const [begun, setBegun] = useState(from);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>();
  const now = useRef(version);
  now.current = version;
  const looked = begun ?? version;
  return {
    busy,
    trouble,
    looked,
    begin: () => setBegun((before) => before ?? now.current),
    refuse: (text) => setTrouble({ kind: 'refused', text }),
    async run(action, body) {
      if (busy) return undefined;
      setBusy(true);
      const again = trouble?.kind === 'conflict';
      setTrouble(undefined);
      try {
        const after = await act({ id, version: again ? now.current : looked }, action, body);
        setBegun(undefined);
        reload();
        return after;
      } catch (error) {
        if (error instanceof Unreachable) setTrouble({ kind: 'offline' });
        else if (error instanceof Refused && error.status === 412) setTrouble({ kind: 'conflict' });
        else setTrouble({ kind: 'refused', text: whyNot(error, t('act.failed')) });
        if (!(error instanceof Unreachable)) reload();
        return undefined;
      } finally {
        setBusy(false);
      }
    },
  };
}

/** What has happened after what was looked at. */
export function Since({ looked, events }: { readonly looked: number; readonly events: readonly CaseEvent[] }) {
  const { said } = useWords();
  return (
    <ul>
      {events
        .filter(({ version }) => version > looked)
        .map((event) => (
          <li key={event.version}>
            <time dateTime={event.at} title={moment(event.at)}>
              {time(event.at)}
            </time>{' '}
            {said(event.text)} ({named('roles', event.actor.role)})
          </li>
        ))}
    </ul>
  );
}

export function TroubleText({
  acting: { trouble, looked },
  events,
}: {
  readonly acting: Acting;
  readonly events: readonly CaseEvent[];
}) {
  const { t } = useWords();
  if (!trouble) return null;
  if (trouble.kind !== 'conflict')
    return (
      <p className="conflict" role="alert">
        {trouble.kind === 'offline' ? t('act.offline') : trouble.text}
      </p>
    );
  return (
    <div className="conflict" role="alert">
      <h3>{t('act.conflict')}</h3>
      {events.some(({ version }) => version > looked) && <p>{t('act.conflictText')}</p>}
      <Since looked={looked} events={events} />
    </div>
  );
}

/** What the button says: the action, or that what changed has been seen. */
export function useSubmitLabel({ busy, trouble }: Acting, label: string): string {
  const { t } = useWords();
  if (busy) return t('act.trying');
  if (trouble?.kind === 'conflict') return t('act.again');
  return trouble?.kind === 'offline' ? t('act.retry') : label;
}

export function ReasonField({
  id,
  value,
  wrong,
  onChange,
}: {
  readonly id: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useWords();
  return (
    <label className="field">
      <span>{t('act.reason')}</span>
      <textarea
        rows={2}
        dir="auto"
        maxLength={LONGEST_REASON}
        value={value}
        aria-invalid={wrong}
        aria-describedby={id}
        onChange={(event) => onChange(event.target.value)}
      />
      <small id={id} className={wrong ? 'field-error' : undefined}>
        {wrong ? t('act.tooShort') : t('ops.reasonHint')}
      </small>
      <Room text={value} most={LONGEST_REASON} />
    </label>
  );
}
