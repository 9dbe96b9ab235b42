import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { Unreachable } from '../api/client';
import { useDraft, useLoad } from '../api/hooks';
import { retry as limit } from '../api/limits.json';
import { number, shortId } from '../format';
import { go } from '../router';
import { tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { Sheet } from '../ui/dialog';
import { Shown, whyNot } from '../ui/state';
import { useWords } from '../words';
import { ReasonField } from './acting';
import { atLeast, causeOf, caseCount, post, queryOf, type Retry, type RetryPreview, type Scope } from './parts';
import { EffectKinds } from './pieces';

const FASTEST = 100;
const SLOWEST = 0.1;

/** A number as it is typed, in either digits. */
const read = (text: string): number =>
  Number(text.replace(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x0660)).replace(/[٫,]/, '.'));

interface Given {
  /** Everything that fits this, or these very cases. */
  readonly scope?: Scope;
  readonly cases?: readonly string[];
  readonly onClose: () => void;
}

/** What a retry would be about, why, and how fast; then it starts, and its own page follows it. */
export function RetrySheet({ scope = {}, cases: chosen, onClose }: Given) {
  const { t, said } = useWords();
  const cases = chosen?.slice(0, limit.most);
  const leftOut = (chosen?.length ?? 0) - (cases?.length ?? 0);
  const about = cases ? { cases } : { scope };
  const [reason, setReason] = useDraft(`retry/${chosen ? chosen.join() : queryOf(scope)}`);
  const [rate, setRate] = useState('5');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  // One key for this sheet: the same request again, after an answer that was lost, is the same retry.
  const key = useRef(crypto.randomUUID());
  const preview = useLoad(`preview/${JSON.stringify(about)}`, (signal) =>
    post<RetryPreview>('/v1/ops/retry-preview', about, {}, signal),
  );
  const { total = 0, underWay: already = 0 } = preview.data ?? {};
  const perSecond = read(rate);
  const rateWrong = !(perSecond >= SLOWEST && perSecond <= FASTEST);

  const start = async (): Promise<void> => {
    setTried(true);
    if (tooShort(reason) || rateWrong || busy || total === 0) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const { id } = await post<Retry>(
        '/v1/ops/retries',
        { ...about, perSecond, reason: reason.trim() },
        { 'idempotency-key': key.current },
      );
      setReason('');
      go(`/ops/retries/${id}`);
    } catch (error) {
      setBusy(false);
      setTrouble(error instanceof Unreachable ? t('ops.retry.offline') : whyNot(error, t('act.failed')));
      if (!(error instanceof Unreachable)) preview.reload();
    }
  };

  return (
    <Sheet title={t('ops.retry.title')} wide onClose={onClose}>
      <ActionForm trouble={trouble} submit={start}>
        <section aria-label={t('ops.retry.preview')} className="retry-preview">
          <Shown loaded={preview} rows={4}>
            {({ first, groups }) =>
              total === 0 ? (
                <p className="conflict">
                  {already > 0 ? t('ops.retry.already', { cases: caseCount(already) }) : t('ops.retry.nothing')}
                </p>
              ) : (
                <>
                  <p>
                    <b>{t('ops.retry.total', { cases: caseCount(total) })}</b>
                    {': '}
                    {groups.map(causeOf).join(' · ')}
                  </p>
                  {leftOut > 0 && (
                    <p className="conflict">
                      {t('ops.retry.leftOut', { most: caseCount(limit.most), cases: caseCount(leftOut) })}
                    </p>
                  )}
                  {already > 0 && <p className="muted">{t('ops.retry.already', { cases: caseCount(already) })}</p>}
                  <p className="muted">
                    {t('ops.retry.previewText')}{' '}
                    {total > first.length && t('ops.retry.first', { n: number(first.length) })}
                  </p>
                  <div className="scroll" tabIndex={0} role="group" aria-label={t('ops.retry.preview')}>
                    <table className="numbers">
                      <thead>
                        <tr>
                          <th scope="col">{t('ops.group.case')}</th>
                          <th scope="col">{t('ops.group.state')}</th>
                          <th scope="col">{t('ops.group.step')}</th>
                          <th scope="col">{t('ops.group.effects')}</th>
                        </tr>
                      </thead>
                      <tbody>
                        {first.map(({ caseId, texts, effects }) => (
                          <tr key={caseId}>
                            <th scope="row">
                              <bdi className="number">{shortId(caseId)}</bdi>
                            </th>
                            <td>{said(texts.status)}</td>
                            <td>{said(texts.step)}</td>
                            <td>
                              <EffectKinds effects={effects} />
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </div>
                </>
              )
            }
          </Shown>
        </section>
        <ReasonField id="retry-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
        <label className="field rate">
          <span>{t('ops.retry.rate')}</span>
          <input
            inputMode="decimal"
            dir="ltr"
            autoComplete="off"
            value={rate}
            aria-invalid={rateWrong}
            aria-describedby="retry-rate"
            onChange={(event) => setRate(event.target.value)}
          />
          <small id="retry-rate" className={rateWrong ? 'field-error' : undefined}>
            {rateWrong
              ? t('ops.retry.rateWrong')
              : `${t('ops.retry.rateHint')} ${total > 0 ? t('ops.retry.takes', { for: atLeast(total, perSecond) }) : ''}`}
          </small>
        </label>
        {trouble !== undefined && (
          <p className="conflict" role="alert">
            {trouble}
          </p>
        )}
        <footer className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className="button primary" isDisabled={busy || total === 0}>
            {busy ? t('ops.retry.starting') : t('ops.retry.start')}
          </Button>
        </footer>
      </ActionForm>
    </Sheet>
  );
}
