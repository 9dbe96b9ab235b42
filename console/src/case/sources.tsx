import type { ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { date, otherDate } from '../format';
import { useWords } from '../words';

export type Said = Schemas['Said'];

/** What one source says: words, a day in the chosen calendar with the other one beneath, or both. */
export function SaidValue({ of }: { readonly of: Said | null }) {
  const { t, said } = useWords();
  if (of === null)
    return (
      <>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{t('sources.silent')}</span>
      </>
    );
  return (
    <span className="said-value">
      {of.text && <bdi>{said(of.text)}</bdi>} {of.date && date(of.date)}
      {of.date && <small>{otherDate(of.date)}</small>}
    </span>
  );
}

/** Marked for the eye and for the ear. */
export function Differing({ when, children }: { readonly when: boolean; readonly children: ReactNode }) {
  const { t } = useWords();
  if (!when) return children;
  return (
    <mark>
      {children}
      <span className="visually-hidden"> ({t('family.differs')})</span>
    </mark>
  );
}
