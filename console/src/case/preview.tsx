import { Button } from 'react-aria-components';
import { previewOf, Refused, Unreachable, type Case } from '../api/client';
import { useLoad, useSettled } from '../api/hooks';
import { date, money, otherDate } from '../format';
import { Icon } from '../ui/icon';
import { whyNot } from '../ui/state';
import { asWritten, useWords } from '../words';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** Milliseconds without a letter, after which it is asked what would come of it. */
const TYPING = 250;

/** What the applicant will get of an action, as the API rehearses it: the very words that are sent. */
export function Preview({
  view,
  action,
  values,
}: {
  readonly view: Case;
  readonly action: string;
  /** The form as it is filled; undefined while something is missing. */
  readonly values: Values | undefined;
}) {
  const { t, said } = useWords();
  const settled = useSettled(values, TYPING);
  const key = settled === undefined ? '' : JSON.stringify(settled);
  const { data, error, reload } = useLoad(`preview/${view.id}/${view.version}/${action}/${key}`, (signal) =>
    settled === undefined ? Promise.resolve(undefined) : previewOf(view.id, action, settled, signal),
  );
  if (values === undefined) {
    return (
      <aside className="preview">
        <h3>{t('act.preview')}</h3>
        <p className="muted">{t('preview.incomplete')}</p>
      </aside>
    );
  }
  if (!data && error !== undefined) {
    return (
      <aside className="preview" role="status">
        <h3>{t('act.preview')}</h3>
        <p>
          {error instanceof Unreachable ? t('preview.notReached') : whyNot(error, t('preview.failed'))}{' '}
          {!(error instanceof Refused && error.status < 500) && (
            <Button className="button quiet small" onPress={reload}>
              {t('state.retry')}
            </Button>
          )}
        </p>
      </aside>
    );
  }
  if (!data) return null;
  const { next, last, refund } = data;
  const messages = data.messages.filter(({ to }) => to === 'applicant');
  const wait = next.waitingFor;
  return (
    <aside className="preview" aria-live="polite">
      <h3>{t('act.preview')}</h3>
      {messages.map(({ text, when }) => (
        <p key={text.en} className="preview-message">
          <Icon name="note" />
          <span>
            <small>{t(when === 'at-once' ? 'preview.message' : 'preview.messageLater')}</small>
            <q>{asWritten(text)}</q>
          </span>
        </p>
      ))}
      {messages.length === 0 && <p>{t('preview.noMessage')}</p>}
      <p>
        {t('preview.status')} <b>{said(next.text)}</b>
        {last.status !== next.status && (
          <>
            {t('preview.last')} <b>{said(last.text)}</b>
          </>
        )}
      </p>
      {wait && wait.who !== 'tajdid' && (
        <p>
          {t('case.waitsFor')}: {said(wait.texts.what)}
          {wait.who === 'applicant' && (
            <>
              {' · '}
              {t('case.until', { at: date(wait.until) })} <small>({otherDate(wait.until)})</small>
            </>
          )}
        </p>
      )}
      {refund && <p>{t('preview.refund', { amount: money(refund) })}</p>}
    </aside>
  );
}
