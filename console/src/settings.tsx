import { prefer, usePreferences } from './preferences';
import { Segments } from './ui/choice';
import { Sheet } from './ui/dialog';
import { useWords } from './words';

export function Settings({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { language, digits, calendar, scheme, letterKeys } = usePreferences();
  return (
    <Sheet title={t('settings.title')} onClose={onClose}>
      <div className="settings">
        <Segments
          label={t('settings.language')}
          value={language}
          onChange={(next) => prefer({ language: next })}
          options={[
            { value: 'ar', label: 'العربية' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Segments
          label={t('settings.digits')}
          value={digits}
          onChange={(next) => prefer({ digits: next })}
          options={[
            { value: 'arab', label: '١٢٣' },
            { value: 'latn', label: '123' },
          ]}
        />
        <Segments
          label={t('settings.calendar')}
          value={calendar}
          onChange={(next) => prefer({ calendar: next })}
          options={[
            { value: 'islamic-umalqura', label: t('settings.hijri') },
            { value: 'gregory', label: t('settings.gregorian') },
          ]}
        />
        <Segments
          label={t('settings.scheme')}
          value={scheme}
          onChange={(next) => prefer({ scheme: next })}
          options={[
            { value: 'system', label: t('settings.system') },
            { value: 'light', label: t('settings.light') },
            { value: 'dark', label: t('settings.dark') },
          ]}
        />
        <Segments
          label={t('settings.letterKeys')}
          value={letterKeys}
          onChange={(next) => prefer({ letterKeys: next })}
          options={[
            { value: 'on', label: t('settings.on') },
            { value: 'off', label: t('settings.off') },
          ]}
        />
      </div>
    </Sheet>
  );
}
