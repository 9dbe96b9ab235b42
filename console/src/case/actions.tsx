import { Button } from 'react-aria-components';
import type { Case } from '../api/client';
import { Icon } from '../ui/icon';
import { KeyCap } from '../ui/key-cap';
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

/** So many of the first actions have a digit each for their key. */
const KEYED = 4;

const shownHere = ({ allowedActions }: Case): readonly Allowed[] =>
  allowedActions
    .filter(({ action }) => !ELSEWHERE.has(action) && !OPERATIONS.has(action))
    .sort((one, other) => weightOf(one) - weightOf(other));

/** The keys of the actions, as the bar shows them. */
export const actionKeys = (view: Case, onAsk: (action: string) => void): Readonly<Record<string, () => void>> =>
  Object.fromEntries(
    shownHere(view)
      .slice(0, KEYED)
      .map(({ action }, n) => [String(n + 1), () => onAsk(action)]),
  );

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
export function ActionBar({ view, onAsk }: { readonly view: Case; readonly onAsk: (action: string) => void }) {
  const { t, said } = useWords();
  const { id, allowedActions, unavailableActions, closedAt } = view;
  const allowed = shownHere(view);
  const operations = allowedActions.some(({ action }) => OPERATIONS.has(action));
  const none = allowed.length === 0 && !operations;
  // A claim that is not possible is not drawn at the head of the page: why it is not stands here with the rest.
  const others = unavailableActions.filter(
    ({ action, whyNot }) => action !== 'release' && !OPERATIONS.has(action) && !BESIDE_THE_POINT.has(whyNot.code),
  );
  const grouped = Map.groupBy(others, ({ whyNot }) => said(whyNot.message));
  if (closedAt && none) return null;
  return (
    <>
      <section className="actions" aria-label={t('case.actions')}>
        {none ? (
          grouped.size === 0 && <p className="muted">{t('case.notAllowedHere')}</p>
        ) : (
          <div className="actions-row">
            {allowed.map((each, n) => (
              <Button key={each.action} className={LOOK[each.weight ?? 'none']} onPress={() => onAsk(each.action)}>
                {said(each.title)}
                {n < KEYED && (
                  <span aria-hidden="true">
                    <KeyCap name={String(n + 1)} />
                  </span>
                )}
              </Button>
            ))}
            {operations && (
              <Link to={`/ops/cases/${id}`} className="button">
                <Icon name="operations" /> {t('case.operations')}
              </Link>
            )}
          </div>
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
