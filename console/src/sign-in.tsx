import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { prefer, preferences } from './preferences';
import { signIn } from './session';
import { Star } from './ui/icon';
import { useWords } from './words';

export function SignIn({ failed = false, expired = false }: { readonly failed?: boolean; readonly expired?: boolean }) {
  const { t } = useWords();
  const [trouble, setTrouble] = useState(failed);
  useEffect(() => {
    document.title = t('app.name');
  });
  return (
    <main className="sign-in">
      <section>
        <Star />
        <h1>{t('app.name')}</h1>
        <p>{t('signIn.title')}</p>
        {expired && !trouble && <p role="status">{t('signIn.expired')}</p>}
        {trouble && <p role="alert">{t('signIn.failed')}</p>}
        <Button className="button primary" autoFocus onPress={() => void signIn().catch(() => setTrouble(true))}>
          {t('signIn.button')}
        </Button>
        <small>{t('signIn.text')}</small>
        <Button
          className="button quiet"
          onPress={() => prefer({ language: preferences().language === 'ar' ? 'en' : 'ar' })}
        >
          {t('settings.switchLanguage')}
        </Button>
      </section>
    </main>
  );
}
