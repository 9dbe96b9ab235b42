import { Button } from 'react-aria-components';
import { get, Refused } from '../api/client';
import { useLoad } from '../api/hooks';
import { useWords } from '../words';

/** Words that rest in the vault, read when they are shown. Erased ones are said to be gone; those that could not be read are asked for again. */
export function Reason({ id, reference }: { readonly id: string; readonly reference: string }) {
  const { t } = useWords();
  const name = reference.split('/').at(-1) ?? '';
  const { data, error, reload } = useLoad(`reason/${id}/${name}`, (signal) =>
    get('/v1/cases/{id}/reasons/{reason}', { params: { id, reason: name }, signal }),
  );
  if (data)
    return (
      <blockquote className="said" dir="auto">
        {data.text}
      </blockquote>
    );
  if (error === undefined) return null;
  // Not for this role, or of another office: that somebody gave a reason is all that there is to see.
  if (error instanceof Refused && error.status === 403) return null;
  if (error instanceof Refused && error.status === 404) return <p className="not-there">{t('case.reasonGone')}</p>;
  return (
    <p className="not-there" role="status">
      {t('case.reasonFailed')}{' '}
      <Button className="button quiet small" onPress={reload}>
        {t('state.retry')}
      </Button>
    </p>
  );
}
