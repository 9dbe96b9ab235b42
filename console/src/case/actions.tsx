import { Button } from 'react-aria-components';
import type { Case } from '../api/client';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { useWords } from '../words';

/** Done elsewhere on the page. */
const ELSEWHERE = new Set(['claim', 'release', 'note']);
/** Operators have tools for these, with the effects and the proof beside them. */
const OPERATIONS = new Set(['repair', 'reset', 'retry']);

const WEIGHTS = { main: 0, none: 1, grave: 2 } as const;
type Allowed = Case['allowedActions'][number];
const weightOf = ({ weight }: Allowed): number => WEIGHTS[weight ?? 'none'];
const LOOK = { main: 'button good', none: 'button', grave: 'button grave' } as const;

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
  view: { id, allowedActions, unavailableActions, closedAt },
  onAsk,
}: {
  readonly view: Case;
  readonly onAsk: (action: string) => void;
}) {
  const { t, said } = useWords();
  const here = allowedActions.filter(({ action }) => !ELSEWHERE.has(action));
  const allowed = here
    .filter(({ action }) => !OPERATIONS.has(action))
    .sort((one, other) => weightOf(one) - weightOf(other));
  const operations = here.some(({ action }) => OPERATIONS.has(action));
  // A claim that is not possible is not drawn at the head of the page: why it is not stands here with the rest.
  const others = unavailableActions.filter(
    ({ action, whyNot }) => action !== 'release' && !OPERATIONS.has(action) && !BESIDE_THE_POINT.has(whyNot.code),
  );
  const grouped = Map.groupBy(others, ({ whyNot }) => said(whyNot.message));
  if (closedAt && here.length === 0) return null;
  return (
    <>
      <section className="actions" aria-label={t('case.actions')}>
        {here.length > 0 ? (
          <div className="actions-row">
            {allowed.map((each) => (
              <Button key={each.action} className={LOOK[each.weight ?? 'none']} onPress={() => onAsk(each.action)}>
                {said(each.title)}
              </Button>
            ))}
            {operations && (
              <Link to={`/ops/cases/${id}`} className="button">
                <Icon name="operations" /> {t('case.operations')}
              </Link>
            )}
          </div>
        ) : (
          grouped.size === 0 && <p className="muted">{t('case.notAllowedHere')}</p>
        )}
      </section>
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
    </>
  );
}
