import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Refused, Unreachable } from '../api/client';
import type { Loaded } from '../api/hooks';
import { said, useWords } from '../words';
import { Icon } from './icon';

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <svg className="empty-star" viewBox="-1 -1 2 2" aria-hidden="true">
        <path d="M-.5-.5h1v1h-1zM0-.707L.707 0 0 .707-.707 0z" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Lines where text will stand, so that nothing jumps when it comes. */
export function Skeleton({ rows = 6, label }: { readonly rows?: number; readonly label?: string }) {
  const { t } = useWords();
  return (
    <div className="skeleton" role="status" aria-busy="true">
      <span className="visually-hidden">{label ?? t('state.loading')}</span>
      {Array.from({ length: rows }, (_, n) => (
        <i key={n} />
      ))}
    </div>
  );
}

/** Why it could not be read, in words of the API where it gave any. */
export function whyNot(error: unknown, fallback: string): string {
  return error instanceof Refused && error.problem ? said(error.problem.details ?? error.problem.titles) : fallback;
}

export function Failed({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const { t } = useWords();
  const offline = error instanceof Unreachable;
  return (
    <div className="empty" role="alert">
      <Icon name="alert" />
      <h2>{offline ? t('state.offline') : t('state.failed')}</h2>
      <p>{offline ? t('state.offlineText') : whyNot(error, '')}</p>
      <Button className="button" onPress={again}>
        {t('state.retry')}
      </Button>
    </div>
  );
}

/** What was read, or why there is nothing to show yet; what was read before stays when the latest reading fails. */
export function Shown<T>({
  loaded,
  rows = 6,
  label,
  children,
}: {
  readonly loaded: Loaded<T>;
  readonly rows?: number;
  readonly label?: string;
  readonly children: (data: T) => ReactNode;
}) {
  const { t } = useWords();
  if (loaded.data === undefined)
    return loaded.error === undefined ? (
      <Skeleton rows={rows} {...(label === undefined ? {} : { label })} />
    ) : (
      <Failed error={loaded.error} again={loaded.reload} />
    );
  return (
    <>
      {loaded.error !== undefined && (
        <p className="stale" role="status">
          {t('state.stale')}
        </p>
      )}
      {children(loaded.data)}
    </>
  );
}
