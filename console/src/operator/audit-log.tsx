import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { get, Unreachable } from '../api/client';
import { inDigits, number, shortId } from '../format';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { whyNot } from '../ui/state';
import { named, useWords } from '../words';
import type { AuditPart } from './parts';

interface Walk extends Omit<AuditPart, 'next'> {
  /** Where it goes on; null at the end. */
  readonly next: string | null;
  readonly state: 'walking' | 'paused' | 'cut' | 'over';
  readonly why?: string;
}

const BEGIN = '';
const NOTHING: Walk = { cases: 0, events: 0, broken: [], next: BEGIN, state: 'walking' };

function added(before: Walk, { cases, events, broken, next }: AuditPart): Walk {
  const known = new Set(before.broken.map(({ caseId }) => caseId));
  return {
    cases: before.cases + cases,
    events: before.events + events,
    broken: [...before.broken, ...broken.filter(({ caseId }) => !known.has(caseId))],
    next,
    state: next === null ? 'over' : 'walking',
  };
}

function BrokenCases({ broken }: Pick<Walk, 'broken'>) {
  const { t } = useWords();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('ops.audit.brokenCases')}>
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{t('ops.group.case')}</th>
            <th scope="col">{t('ops.audit.place')}</th>
            <th scope="col">{t('ops.audit.found')}</th>
          </tr>
        </thead>
        <tbody>
          {broken.map(({ caseId, version, what }) => (
            <tr key={caseId}>
              <th scope="row">
                <Link to={`/ops/cases/${caseId}`}>
                  <bdi className="number">{shortId(caseId)}</bdi>
                </Link>
              </th>
              <td>{inDigits(String(version))}</td>
              <td>{named('ops.audit.what', what)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Walks the whole log, a part at a time; a break or a pause costs nothing of what was walked. */
export function WholeLogPanel() {
  const { t } = useWords();
  const [walk, setWalk] = useState<Walk | undefined>();
  const abort = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const go = async (from: Walk): Promise<void> => {
    const { signal } = (abort.current = new AbortController());
    let so: Walk = { ...from, state: 'walking' };
    setWalk(so);
    try {
      while (so.next !== null) {
        const after = so.next === BEGIN ? {} : { query: { after: so.next } };
        so = added(so, await get('/v1/ops/audit', { ...after, signal }));
        if (signal.aborted) return;
        setWalk(so);
      }
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Unreachable ? t('ops.audit.cutOff') : whyNot(error, t('act.failed'));
      setWalk({ ...so, state: 'cut', why });
    }
  };
  const pause = (): void => {
    abort.current?.abort();
    setWalk((so) => so && { ...so, state: 'paused' });
  };

  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{t('ops.audit.log')}</h2>
        {walk?.state === 'walking' ? (
          <Button className="button small" onPress={pause}>
            {t('ops.audit.pause')}
          </Button>
        ) : walk && walk.state !== 'over' ? (
          <Button className="button primary small" onPress={() => void go(walk)}>
            {t('ops.audit.goOn')}
          </Button>
        ) : (
          <Button className="button small" onPress={() => void go(NOTHING)}>
            {walk ? t('ops.audit.again') : t('ops.audit.start')}
          </Button>
        )}
      </header>
      <p className="muted panel-text">{t('ops.audit.logText')}</p>
      {walk && (
        <div className="ledgers" aria-busy={walk.state === 'walking'}>
          <p>{t('ops.audit.walked', { cases: number(walk.cases), events: number(walk.events) })}</p>
          <p
            role="status"
            className={
              walk.broken.length > 0 ? 'verdict-line bad' : walk.state === 'over' ? 'verdict-line good' : 'verdict-line'
            }
          >
            {walk.broken.length > 0 ? (
              <>
                <Icon name="alert" /> {t('ops.audit.someBroken', { n: number(walk.broken.length) })}
              </>
            ) : walk.state === 'over' ? (
              <>
                <Icon name="check" /> {t('ops.audit.allWhole')}
              </>
            ) : walk.state === 'paused' ? (
              t('ops.audit.paused')
            ) : walk.state === 'cut' ? (
              t('ops.audit.cut', { why: walk.why ?? '' })
            ) : (
              t('ops.audit.walking')
            )}
          </p>
          {walk.broken.length > 0 && <BrokenCases broken={walk.broken} />}
        </div>
      )}
    </section>
  );
}
