import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useLoad } from '../api/hooks';
import { inDigits } from '../format';
import { Icon } from '../ui/icon';
import { Failed, Skeleton } from '../ui/state';
import { named, useWords } from '../words';
import type { Ledgers } from './parts';

const effectName = (key: string): string => {
  const [kind = ''] = key.split('/');
  return named('ops.effectKinds', kind);
};

export function LedgerTable({ agrees, items }: Ledgers) {
  const { t } = useWords();
  const differs = items.some((line) => !line.agrees && line.unasked === undefined);
  const verdict = agrees ? 'ops.ledgers.agree' : differs ? 'ops.ledgers.differ' : 'ops.ledgers.unasked';
  return (
    <div className="ledgers">
      <p className={agrees ? 'verdict-line good' : 'verdict-line bad'} role="status">
        <Icon name={agrees ? 'check' : 'alert'} /> {t(verdict)}
      </p>
      {items.length === 0 ? (
        <p className="muted">{t('ops.ledgers.nothing')}</p>
      ) : (
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">{t('ops.ledgers.what')}</th>
              <th scope="col">{t('ops.ledgers.caseSays')}</th>
              <th scope="col">{t('ops.ledgers.outsideSays')}</th>
              <th scope="col">{t('ops.ledgers.agrees')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((line) => (
              <tr key={line.what} className={line.agrees ? undefined : 'differs'}>
                <th scope="row">
                  {effectName(line.what)}
                  <bdi dir="ltr" className="number under">
                    {line.what.slice(line.what.indexOf('/') + 1)}
                  </bdi>
                </th>
                <td>
                  <bdi dir="ltr">{line.caseSays}</bdi>
                </td>
                <td>
                  {line.unasked === undefined ? (
                    <bdi dir="ltr">{line.outsideSays}</bdi>
                  ) : (
                    t('ops.ledgers.cannotAsk', { why: line.unasked })
                  )}
                </td>
                <td>{line.agrees ? t('ops.ledgers.yes') : <b className="late">{t('ops.ledgers.no')}</b>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** Asks the other sides, and shows what they say beside the case. `key` asks again. */
export function LedgerProof({ id, of }: { readonly id: string; readonly of: string }) {
  const { t } = useWords();
  const ledgers = useLoad(`ledgers/${id}/${of}`, (signal) =>
    get('/v1/ops/cases/{id}/ledgers', { params: { id }, signal }),
  );
  if (ledgers.data) return <LedgerTable {...ledgers.data} />;
  return ledgers.error === undefined ? (
    <Skeleton rows={3} label={t('ops.ledgers.comparing')} />
  ) : (
    <Failed error={ledgers.error} again={ledgers.reload} />
  );
}

/** Asked for by hand: each look is a call to every party. */
export function LedgerPanel({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [turn, setTurn] = useState(0);
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{t('ops.ledgers.title')}</h2>
        <Button className="button small" onPress={() => setTurn(turn + 1)}>
          {t('ops.ledgers.compare')}
        </Button>
      </header>
      <p className="muted panel-text">{t('ops.ledgers.text')}</p>
      {turn > 0 && <LedgerProof id={id} of={String(turn)} />}
    </section>
  );
}

/** What a chain audit found. */
export function AuditResult({
  events,
  head,
  broken,
}: {
  readonly events: number;
  readonly head: string;
  readonly broken: { readonly version: number; readonly what: string } | null;
}) {
  const { t } = useWords();
  return (
    <div className="ledgers">
      <p className={broken ? 'verdict-line bad' : 'verdict-line good'} role="status">
        <Icon name={broken ? 'alert' : 'check'} /> {broken ? t('ops.audit.broken') : t('ops.audit.whole')}
      </p>
      {broken && (
        <p>
          {t('ops.audit.brokenAt', {
            version: inDigits(String(broken.version)),
            what: named('ops.audit.what', broken.what),
          })}
        </p>
      )}
      <dl className="facts-row">
        <div>
          <dt>{t('ops.audit.events')}</dt>
          <dd>{inDigits(String(events))}</dd>
        </div>
        <div>
          <dt>{t('ops.audit.head')}</dt>
          <dd>
            <bdi dir="ltr" className="mono">
              {head}
            </bdi>
          </dd>
        </div>
      </dl>
    </div>
  );
}
