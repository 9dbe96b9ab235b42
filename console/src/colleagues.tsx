import { useEffect, useSyncExternalStore } from 'react';
import { get, type Bilingual, type Schemas } from './api/client';
import { latinDigits } from './format';
import { said, useWords } from './words';

export type Colleague = Schemas['Colleague'];

let known: ReadonlyMap<string, Colleague> = new Map();
let askedAt = 0;
const FRESH = 60_000;

const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Everybody of the agency whom one may meet here, by staff number; empty until it is read. */
export function useColleagues(): ReadonlyMap<string, Colleague> {
  useEffect(() => {
    if (Date.now() - askedAt < FRESH) return;
    askedAt = Date.now();
    get('/v1/staff').then(
      ({ items }) => {
        known = new Map(items.map((each) => [each.id, each]));
        for (const listener of listeners) listener();
      },
      () => {
        askedAt = 0;
      },
    );
  }, []);
  return useSyncExternalStore(subscribe, () => known);
}

/** What a colleague is called: by the name that came along, else by the one that is known; else by the number. */
export const calledBy = (id: string, name: Bilingual | null | undefined): string =>
  name ? said(name) : known.has(id) ? said((known.get(id) as Colleague).name) : id;

const GIVEN_TO: ReadonlySet<string> = new Set(['caseworker', 'supervisor']);

/** Somebody to give a case to, by name or by number: also one who has not signed in yet. */
export function ColleagueField({
  label,
  value,
  missing = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  /** It was sent without it. */
  readonly missing?: boolean;
  readonly onChange: (id: string) => void;
}) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const among = [...colleagues.values()].filter(({ roles }) => roles.some((role) => GIVEN_TO.has(role)));
  const chosen = colleagues.get(value.trim());
  return (
    <label className="field">
      <span>{label}</span>
      <input
        list="colleagues"
        name="to"
        dir="ltr"
        autoComplete="off"
        placeholder={t('team.staffNumber')}
        value={value}
        maxLength={64}
        aria-invalid={missing}
        aria-describedby="colleague-chosen"
        onChange={(event) => onChange(latinDigits(event.target.value))}
      />
      <datalist id="colleagues">
        {among.map(({ id, name }) => (
          <option key={id} value={id} label={said(name)} />
        ))}
      </datalist>
      <small id="colleague-chosen" role="status" className={missing ? 'field-error' : undefined}>
        {missing ? t('team.toWhom') : chosen ? said(chosen.name) : ''}
      </small>
    </label>
  );
}
