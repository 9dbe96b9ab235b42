import { previewOf, type Case } from '../api/client';
import { useLoad } from '../api/hooks';
import { date, money, otherDate } from '../format';
import { Icon } from '../ui/icon';
import { useWords } from '../words';

type Values = Readonly<Record<string, string | readonly string[]>>;

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
  const key = values === undefined ? '' : JSON.stringify(values);
  const { data } = useLoad(`preview/${view.id}/${view.version}/${action}/${key}`, (signal) =>
    values === undefined ? Promise.resolve(undefined) : previewOf(view.id, action, values, signal),
  );
  if (values === undefined) {
    return (
      <aside className="preview">
        <h3>{t('act.preview')}</h3>
        <p className="muted">{t('preview.incomplete')}</p>
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
            <q>{said(text)}</q>
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
