import type { Case } from '../api/client';
import { calledBy } from '../colleagues';
import { moment } from '../format';
import { useWords } from '../words';

export type Proposal = Pick<NonNullable<Case['repair']>, 'title' | 'now' | 'value' | 'by' | 'name' | 'at'>;

/** A repair that waits for a second person: what stands now, and what is to stand. */
export function RepairProposed({ repair }: { readonly repair: Proposal }) {
  const { t, said } = useWords();
  return (
    <div className="proposal">
      <p>
        <b>{said(repair.title)}</b>
      </p>
      <p className="proposal-change">
        <span>
          <small>{t('linked.before')}</small> <bdi>{repair.now ?? '–'}</bdi>
        </span>
        <span>
          <small>{t('linked.after')}</small> <mark>{repair.value}</mark>
        </span>
      </p>
      <p className="muted">
        {t('case.proposedBy', { who: calledBy(repair.by, repair.name) })} · {moment(repair.at)}
      </p>
    </div>
  );
}
