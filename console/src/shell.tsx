import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useOnline } from './api/online';
import { Ending } from './ending';
import { Keys } from './keys';
import { prefer, preferences } from './preferences';
import { goBack, type Place } from './router';
import { hasRole, signOut, type Staff } from './session';
import { Settings } from './settings';
import { Icon, Star, type IconName } from './ui/icon';
import { useKeys } from './ui/keys';
import { Link } from './ui/link';
import { named, useWords } from './words';

interface Entry {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
}

export function Shell({
  staff,
  place,
  children,
}: {
  readonly staff: Staff;
  readonly place: Place;
  readonly children: ReactNode;
}) {
  const { t, said } = useWords();
  const [open, setOpen] = useState<'settings' | 'keys' | undefined>();
  const connected = useOnline();
  useKeys({
    '?': () => setOpen('keys'),
    l: () => prefer({ language: preferences().language === 'ar' ? 'en' : 'ar' }),
    g: goBack,
  });
  // Another page begins at its beginning, for a screen reader and the Tab key too.
  const main = useRef<HTMLElement>(null);
  const at = place.parts.join('/');
  const before = useRef(at);
  useEffect(() => {
    if (before.current !== at) main.current?.focus({ preventScroll: true });
    before.current = at;
  }, [at]);
  const entries: Entry[] = [
    ...(hasRole('operator') ? [{ to: '/ops', icon: 'operations', label: t('ops.title') } as const] : []),
    ...(hasRole('caseworker', 'supervisor', 'committee')
      ? [{ to: '/', icon: 'queue', label: t('nav.queue') } as const]
      : []),
    ...(hasRole('analyst') ? [] : [{ to: '/cases', icon: 'find', label: t('nav.find') } as const]),
    ...(hasRole('supervisor') ? [{ to: '/team', icon: 'team', label: t('nav.supervisor') } as const] : []),
    ...(hasRole('supervisor', 'analyst', 'auditor', 'operator')
      ? [{ to: '/statistics', icon: 'statistics', label: t('nav.statistics') } as const]
      : []),
  ];
  const [top = ''] = place.parts;
  const first = `/${top === 'cases' && place.parts.length > 1 ? '' : top}`;
  const here = entries.some(({ to }) => to === first) ? first : entries[0]?.to;
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="rail">
        <div className="brand">
          <Star />
          <b>{t('app.name')}</b>
        </div>
        <nav aria-label={t('nav.label')}>
          {entries.map(({ to, icon, label }) => (
            <Link key={to} to={to} aria-current={here === to ? 'page' : undefined}>
              <Icon name={icon} />
              <span>{label}</span>
            </Link>
          ))}
        </nav>
        <div className="rail-end">
          <p className="who">
            <b>{said(staff.name)}</b>
            <span>
              {staff.roles.map((role) => named('roles', role)).join(preferences().language === 'ar' ? '، ' : ', ')}
              {staff.office && ` · ${named('offices', staff.office)}`}
            </span>
          </p>
          <div className="rail-tools">
            <Button
              className="language"
              onPress={() => prefer({ language: preferences().language === 'ar' ? 'en' : 'ar' })}
            >
              <span lang={preferences().language === 'ar' ? 'en' : 'ar'}>{t('settings.switchLanguage')}</span>
            </Button>
            <Button className="icon-button" aria-label={t('nav.settings')} onPress={() => setOpen('settings')}>
              <Icon name="settings" />
            </Button>
            <Button className="icon-button wide-only" aria-label={t('nav.keys')} onPress={() => setOpen('keys')}>
              <Icon name="keys" />
            </Button>
            <Button className="icon-button" aria-label={t('nav.signOut')} onPress={signOut}>
              <Icon name="signOut" turns />
            </Button>
          </div>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        {!connected && (
          <p className="offline" role="alert">
            {t('live.offline')}
          </p>
        )}
        <Ending />
        {children}
      </main>
      {open === 'settings' && <Settings onClose={() => setOpen(undefined)} />}
      {open === 'keys' && <Keys onClose={() => setOpen(undefined)} />}
    </div>
  );
}
