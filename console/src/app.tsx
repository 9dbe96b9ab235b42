import { useEffect, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { usePreferences } from './preferences';
import { QueuePage } from './queue/page';
import { go, usePlace, type Place } from './router';
import { finishSignIn, hasRole, isCallback, isOnCall, useSession } from './session';
import { Shell } from './shell';
import { SignIn } from './sign-in';
import { Boundary } from './ui/boundary';
import { late } from './ui/late';
import { Empty, Skeleton } from './ui/state';
import { Toast } from './ui/toast';
import { useWords } from './words';

/** Milliseconds after which what was asked for first is there. */
const SETTLED = 1_500;

const CasePage = late(() => import('./case/page').then(({ CasePage: page }) => page));
const FindPage = late(() => import('./queue/find').then(({ FindPage: page }) => page));
const TeamPage = late(() => import('./supervisor/page').then(({ TeamPage: page }) => page));
const OperatorSection = late(() => import('./operator/section').then(({ OperatorSection: page }) => page));
const StatementPage = late(() => import('./statistics/statement').then(({ StatementPage: page }) => page));
const StatisticsPage = late(() => import('./statistics/page').then(({ StatisticsPage: page }) => page));

/** The pages of one's role, most likely first. */
function readAhead(): void {
  CasePage.ahead();
  FindPage.ahead();
  if (hasRole('supervisor')) TeamPage.ahead();
  if (hasRole('operator')) OperatorSection.ahead();
  if (hasRole('analyst', 'supervisor', 'auditor')) {
    StatisticsPage.ahead();
    StatementPage.ahead();
  }
}

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
  const wasSignedIn = useRef(false);
  wasSignedIn.current ||= session !== undefined;
  const { language, calendar, digits } = usePreferences();
  // The list comes first; the pages that are opened next are here before they are asked for, and before a connection is lost.
  useEffect(() => {
    if (!session) return;
    const timer = setTimeout(readAhead, SETTLED);
    return () => clearTimeout(timer);
  }, [session === undefined]);
  return (
    <I18nProvider locale={`${language === 'ar' ? 'ar-SA' : 'en-GB'}-u-ca-${calendar}-nu-${digits}`}>
      {isCallback() ? (
        <SigningIn />
      ) : session ? (
        <Shell staff={session.staff} place={place}>
          <Boundary at={place.parts.join('/')}>
            <Page place={place} />
          </Boundary>
        </Shell>
      ) : (
        <SignIn expired={wasSignedIn.current} />
      )}
      <Toast />
    </I18nProvider>
  );
}
