import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { act, Refused, type Case, type CaseEvent, type Evidence, type FamilyEvidence } from '../api/client';
import { useKept, useNow } from '../api/hooks';
import { calledBy } from '../colleagues';
import { duration, shortId } from '../format';
import { go, listBefore } from '../router';
import { takeNext } from '../queue/claim-next';
import { hasRole, session } from '../session';
import { Status } from '../queue/rows';
import { Icon } from '../ui/icon';
import { KeyCap } from '../ui/key-cap';
import { useKeys } from '../ui/keys';
import { Link } from '../ui/link';
import { Empty, Failed, Skeleton, whyNot } from '../ui/state';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { actionKeys, ActionBar } from './actions';
import { ActionSheet, type Asked } from './action-sheet';
import { AmendEntry } from './amend';
import { EvidencePanel } from './evidence';
import { FactsPanel } from './facts';
import { FamilyPanel } from './family';
import { LinkedPanels } from './linked';
import { DecisionsPanel, NotesPanel, TimelinePanel } from './history';
import { RepairProposed } from './repair-proposed';
import { useCase } from './use-case';
import { useLease } from './use-lease';
import { WaitPanel } from './wait';

function Claim({
  view,
  me,
  now,
  onClaim,
  onRelease,
  onNext,
}: {
  readonly view: Case;
  readonly me: string | undefined;
  readonly now: number;
  readonly onClaim: () => void;
  readonly onRelease: () => void;
  /** Undefined for whoever claims nothing. */
  readonly onNext: (() => void) | undefined;
}) {
  const { t } = useWords();
  const claim = view.review?.claim;
  const alive = claim && Date.parse(claim.until) > now;
  const may = view.allowedActions.some(({ action }) => action === 'claim');
  // With nothing in hand here, what is next is the next case.
  const next =
    onNext === undefined ? null : (
      <Button className="button small" onPress={onNext}>
        {t('case.nextCase')} <KeyCap name="c" />
      </Button>
    );
  if (!view.review || (!alive && !may)) return next;
  if (alive && claim.by === me) {
    return (
      <div className="claim mine" title={t('case.renewed')}>
        <Icon name="clock" />
        <span>{t('case.claimed', { for: duration(Date.parse(claim.until) - now) })}</span>
        <Button className="button quiet small" onPress={onRelease}>
          {t('case.release')}
        </Button>
      </div>
    );
  }
  if (alive) {
    return (
      <div className="claim other">
        <Icon name="person" />
        <span role="status">{t('case.claimedBy', { who: calledBy(claim.by, claim.name) })}</span>
        {next}
      </div>
    );
  }
  return (
    <div className="claim">
      <span>{t('case.notClaimed')}</span>
      <Button className="button primary small" onPress={onClaim}>
        {t('case.claim')} <KeyCap name="c" />
      </Button>
    </div>
  );
}

const NONE: readonly CaseEvent[] = [];

/** Cases that are looked at while one works on this one. */
const linkedTo = (
  view: Case | undefined,
  evidence: Evidence | undefined,
  family: FamilyEvidence | undefined,
): string[] => [
  ...(view?.parent ? [view.parent] : []),
  ...(evidence?.appealed ? [evidence.appealed.caseId] : []),
  ...(family?.candidates ?? []).flatMap(({ kind, ref }) => (kind === 'case' ? [ref] : [])),
];

export function CasePage({ id }: { readonly id: string }) {
  const { t, said } = useWords();
  const { seen, evidence, family, live, viewers } = useCase(id);
  // Still open after a reload, and after signing in again.
  const [asked, setAsked] = useKept<Asked | null>(`open/${id}`, null);
  const now = useNow(15_000);
  const me = session()?.staff.id;
  const mayClaim = hasRole('caseworker', 'supervisor');
  const view = seen.data?.view;
  const lease = useLease(view, seen.data?.events ?? NONE, linkedTo(view, evidence.data, family.data), me, seen.reload);

  useEffect(() => {
    document.title = `${view ? `${said(view.texts.type)} ${shortId(id)}` : shortId(id)} · ${t('app.name')}`;
  });

  const quick = (action: 'claim' | 'release') => async (): Promise<void> => {
    if (!view) return;
    lease.forget();
    try {
      await act(view, action);
    } catch (error) {
      tell(whyNot(error, t('act.offline')));
    }
    seen.reload();
  };
  useKeys(
    {
      ...(view && actionKeys(view, (action) => setAsked({ action }))),
      c: () => {
        if (view?.allowedActions.some(({ action }) => action === 'claim') && view.review?.claim?.by !== me)
          void quick('claim')();
        // Nothing of this one is one's own any more: on to the next.
        else if (view && view.review?.claim?.by !== me && mayClaim) void takeNext();
      },
      n: () => view?.allowedActions.some(({ action }) => action === 'note') && setAsked({ action: 'note' }),
      g: () => go('/'),
    },
    asked === null,
  );

  if (!seen.data) {
    if (seen.error === undefined) return <Skeleton rows={12} />;
    if (seen.error instanceof Refused && seen.error.status === 404) return <Empty title={t('case.gone')} />;
    return <Failed error={seen.error} again={seen.reload} />;
  }
  const { events } = seen.data;
  const shown = seen.data.view;
  const mine = shown.review?.claim?.by === me;
  // What decides the case and is one's own leads on to the next; a note does not.
  const decides = shown.allowedActions.some(({ action, weight }) => action === asked?.action && weight === 'main');
  const goesOn = mayClaim && mine && decides;

  return (
    <div className="page case">
      <header className="case-head">
        <Link to={listBefore()} className="back">
          <Icon name="back" turns />
          {t('case.back')}
        </Link>
        <div className="case-title">
          <h1>{said(shown.texts.type)}</h1>
          <bdi className="number">{shortId(id)}</bdi>
          <Status status={shown.status} text={said(shown.texts.status)} />
          <span className={live || shown.closedAt ? 'live' : 'live off'} role="status">
            {shown.closedAt ? '' : live ? t('live.on') : t('live.off')}
          </span>
        </div>
        <p className="viewers" role="status">
          {viewers
            .filter(({ id: who }) => who !== me)
            .map(({ id: who, name }) => (
              <span key={who}>
                <Icon name="person" /> {t('case.viewing', { who: calledBy(who, name) })}
              </span>
            ))}
        </p>
        <Claim
          view={shown}
          me={me}
          now={now}
          onClaim={() => void quick('claim')()}
          onRelease={() => void quick('release')()}
          onNext={mayClaim ? () => void takeNext() : undefined}
        />
      </header>
      {seen.error !== undefined && (
        <p className="stale" role="status">
          {t('state.stale')}
        </p>
      )}
      <div className="case-body">
        <div className="case-main">
          <WaitPanel view={shown} now={now} />
          {shown.repair && (
            <section className="panel">
              <h2>{t('case.repairWaits')}</h2>
              <RepairProposed repair={shown.repair} />
            </section>
          )}
          <ActionBar view={shown} onAsk={(action) => setAsked({ action })} />
          <AmendEntry view={shown} family={family.data} />
          {evidence.data && <LinkedPanels evidence={evidence.data} />}
          <FamilyPanel view={shown} family={family} />
          <EvidencePanel view={shown} evidence={evidence} />
          <DecisionsPanel view={shown} />
        </div>
        <aside className="case-side">
          <FactsPanel view={shown} />
          <NotesPanel
            id={id}
            events={events}
            onAdd={
              shown.allowedActions.some(({ action }) => action === 'note')
                ? () => setAsked({ action: 'note' })
                : undefined
            }
          />
          <TimelinePanel id={id} events={events} />
        </aside>
      </div>
      {asked && (
        <ActionSheet
          view={shown}
          events={events}
          family={family.data}
          asked={asked}
          onClose={() => setAsked(null)}
          goesOn={goesOn}
          onDone={(after, title, next) => {
            setAsked(null);
            seen.set({ view: after, events });
            seen.reload();
            tell(t('case.saved', { what: title }));
            if (next && goesOn) void takeNext();
          }}
          onStale={seen.reload}
        />
      )}
    </div>
  );
}
