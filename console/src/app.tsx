import { lazy, Suspense, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { usePreferences } from './preferences';
import { QueuePage } from './queue/page';
import { go, usePlace, type Place } from './router';
import { finishSignIn, hasRole, isCallback, isOnCall, useSession } from './session';
import { Shell } from './shell';
import { SignIn } from './sign-in';
import { Empty, Skeleton } from './ui/state';
import { Toast } from './ui/toast';
import { useWords } from './words';

/** Milliseconds after which what was asked for first is there. */
const SETTLED = 1_500;

const loadCasePage = () => import('./case/page');
const CasePage = lazy(() => loadCasePage().then(({ CasePage: page }) => ({ default: page })));
const FindPage = lazy(() => import('./queue/find').then(({ FindPage: page }) => ({ default: page })));
const TeamPage = lazy(() => import('./supervisor/page').then(({ TeamPage: page }) => ({ default: page })));
const OperatorSection = lazy(() =>
  import('./operator/section').then(({ OperatorSection: page }) => ({ default: page })),
);
const StatementPage = lazy(() =>
  import('./statistics/statement').then(({ StatementPage: page }) => ({ default: page })),
);
const StatisticsPage = lazy(() => import('./statistics/page').then(({ StatisticsPage: page }) => ({ default: page })));

function Page({ place }: { readonly place: Place }) {
  const { t } = useWords();
  const [first = '', second = ''] = place.parts;
  if (first === '' && isOnCall()) return <OperatorSection place={place} />;
  if (first === '')
    return hasRole('analyst', 'auditor') && !hasRole('caseworker', 'supervisor', 'committee', 'operator') ? (
      hasRole('analyst') ? (
        <StatisticsPage />
      ) : (
        <FindPage />
      )
    ) : (
      <QueuePage />
    );
  if (first === 'ops')
    return hasRole('operator') ? <OperatorSection place={place} /> : <Empty title={t('state.forbidden')} />;
  if (first === 'cases' && second !== '') return <CasePage key={second} id={second} />;
  if (first === 'cases') return <FindPage />;
  if (first === 'team') return hasRole('supervisor') ? <TeamPage /> : <Empty title={t('state.forbidden')} />;
  if (first === 'statistics' && second === 'statement')
    return hasRole('analyst', 'supervisor', 'auditor') ? <StatementPage /> : <Empty title={t('state.forbidden')} />;
  if (first === 'statistics')
    return hasRole('analyst', 'supervisor', 'auditor', 'operator') ? (
      <StatisticsPage />
    ) : (
      <Empty title={t('state.forbidden')} />
    );
  return <Empty title={t('state.notFound')} />;
}

function SigningIn() {
  const { t } = useWords();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    finishSignIn().then(
      (from) => go(from.replace(/^\/console/, '') || '/', true),
      () => setFailed(true),
    );
  }, []);
  return failed ? <SignIn failed /> : <Skeleton label={t('signIn.working')} />;
}

export function App() {
  const session = useSession();
  const place = usePlace();
  const { language } = usePreferences();
  // The list comes first; the page that is opened next, and mostly, is here before it is asked for.
  useEffect(() => {
    if (!session) return;
    const timer = setTimeout(() => void loadCasePage().catch(() => undefined), SETTLED);
    return () => clearTimeout(timer);
  }, [session === undefined]);
  return (
    <I18nProvider locale={language === 'ar' ? 'ar-SA' : 'en-GB'}>
      {isCallback() ? (
        <SigningIn />
      ) : session ? (
        <Shell staff={session.staff} place={place}>
          <Suspense fallback={<Skeleton />}>
            <Page place={place} />
          </Suspense>
        </Shell>
      ) : (
        <SignIn />
      )}
      <Toast />
    </I18nProvider>
  );
}
