import { Button } from 'react-aria-components';
import type { Case } from '../api/client';
import { useWords } from '../words';

/** Done elsewhere on the page. */
const ELSEWHERE = new Set(['claim', 'release', 'note']);
const FIRST = new Set(['approve', 'hand-over', 'accept-notice', 'resume', 'vote', 'distinct-event']);
const GRAVE = new Set(['reject', 'recommend-rejection', 'reject-notice']);

/** Reasons that say no more than that there is no cause for it: they would only be noise. */
const BESIDE_THE_POINT = new Set([
  'not-in-this-status',
  'case-closed',
  'not-on-hold',
  'already-on-hold',
  'no-incident',
  'no-repair-proposed',
  'retry-under-way',
]);

/** What one may do, and what not now, with the reason in words: the same table as the case's own. */
export function ActionBar({
  view: { allowedActions, unavailableActions, closedAt },
  onAsk,
}: {
  readonly view: Case;
  readonly onAsk: (action: string) => void;
}) {
  const { t, said } = useWords();
  const allowed = allowedActions
    .filter(({ action }) => !ELSEWHERE.has(action))
    .sort(
      (a, b) =>
        Number(FIRST.has(b.action)) - Number(FIRST.has(a.action)) ||
        Number(GRAVE.has(a.action)) - Number(GRAVE.has(b.action)),
    );
  const others = unavailableActions.filter(
    ({ action, whyNot }) => !ELSEWHERE.has(action) && !BESIDE_THE_POINT.has(whyNot.code),
  );
  const grouped = Map.groupBy(others, ({ whyNot }) => said(whyNot.message));
  if (closedAt && allowed.length === 0) return null;
  return (
    <section className="actions" aria-label={t('case.actions')}>
      {allowed.length > 0 ? (
        <div className="actions-row">
          {allowed.map(({ action, title }) => (
            <Button
              key={action}
              className={FIRST.has(action) ? 'button good' : GRAVE.has(action) ? 'button grave' : 'button'}
              onPress={() => onAsk(action)}
            >
              {said(title)}
            </Button>
          ))}
        </div>
      ) : (
        grouped.size === 0 && <p className="muted">{t('case.notAllowedHere')}</p>
      )}
      {grouped.size > 0 && (
        <ul className="not-now">
          {[...grouped].map(([why, actions]) => (
            <li key={why}>
              <span className="not-now-actions">
                {actions.map(({ action, title }) => (
                  <s key={action} aria-disabled="true">
                    {said(title)}
                  </s>
                ))}
              </span>
              <span>{why}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
