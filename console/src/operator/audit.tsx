import { useEffect, useState, type FormEvent } from 'react';
import { Button } from 'react-aria-components';
import { get, Refused } from '../api/client';
import { useLoad } from '../api/hooks';
import { IDENTITY_NUMBER, WHOLE_ID } from '../case-number';
import { asNumber } from '../format';
import { setQuery, usePlace } from '../router';
import { Empty, Failed, Skeleton } from '../ui/state';
import { useWords } from '../words';
import { HeadPanel } from './audit-head';
import { WholeLogPanel } from './audit-log';
import { AuditResult } from './ledgers';
import { Head, useTitle } from './pieces';

function Verified({ id, turn }: { readonly id: string; readonly turn: number }) {
  const { t } = useWords();
  const audit = useLoad(`audit/${id}/${turn}`, (signal) => get('/v1/ops/cases/{id}/audit', { params: { id }, signal }));
  if (audit.data) return <AuditResult {...audit.data} />;
  if (audit.error instanceof Refused && audit.error.status === 404) return <Empty title={t('ops.audit.gone')} />;
  return audit.error === undefined ? <Skeleton rows={2} /> : <Failed error={audit.error} again={audit.reload} />;
}

/** The chain of one case, walked when asked. */
export function AuditPanel({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [turn, setTurn] = useState(0);
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{t('ops.audit.title')}</h2>
        <Button className="button small" onPress={() => setTurn(turn + 1)}>
          {t('ops.audit.verify')}
        </Button>
      </header>
      {turn > 0 && <Verified id={id} turn={turn} />}
    </section>
  );
}

/** Verifies the chain of any case by its number, the whole log, and the log against a signed head. */
export function AuditPage() {
  const { t } = useWords();
  const { query } = usePlace();
  const asked = query.get('case') ?? '';
  const id = WHOLE_ID.test(asked) ? asked : '';
  const [text, setText] = useState(id);
  const [wrong, setWrong] = useState<'find.notAPerson' | 'ops.audit.gone' | undefined>();
  const [turn, setTurn] = useState(0);
  useTitle(t('ops.tabs.audit'));
  useEffect(() => setText(id), [id]);
  const verify = (event: FormEvent): void => {
    event.preventDefault();
    const typed = asNumber(text);
    // Only what can be a case's is asked for: whatever else was typed by mistake stays where it was typed.
    if (!WHOLE_ID.test(typed)) return setWrong(IDENTITY_NUMBER.test(typed) ? 'find.notAPerson' : 'ops.audit.gone');
    setWrong(undefined);
    setQuery('case', typed.toLowerCase());
    setTurn(turn + 1);
  };
  return (
    <>
      <Head title={t('ops.tabs.audit')} />
      <p className="muted panel-text">{t('ops.audit.text')}</p>
      <WholeLogPanel />
      <section className="panel">
        <h2>{t('ops.audit.one')}</h2>
        <form className="find" role="search" onSubmit={verify}>
          <input
            aria-label={t('ops.audit.number')}
            aria-describedby="audit-wrong"
            aria-invalid={wrong !== undefined}
            placeholder={t('ops.audit.number')}
            dir="ltr"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit" className="button primary" isDisabled={text.trim() === ''}>
            {t('ops.audit.verify')}
          </Button>
        </form>
        <p id="audit-wrong" className="stale" role="status" hidden={wrong === undefined}>
          {wrong && t(wrong)}
        </p>
        {id !== '' && (
          <>
            <h3>
              <bdi dir="ltr" className="mono">
                {id}
              </bdi>
            </h3>
            <Verified id={id} turn={turn} />
          </>
        )}
      </section>
      <HeadPanel />
    </>
  );
}
