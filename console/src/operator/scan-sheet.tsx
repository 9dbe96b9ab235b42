import { useState } from 'react';
import { asNumber, number } from '../format';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { post } from './parts';
import { ReasonSheet } from './reason-sheet';

/** A year, in minutes. */
const LONGEST = 525_600;

/** A look of the watch right now; the outside is asked about whatever has been silent for as long as is said. */
export function ScanSheet({ scanned, onClose }: { readonly scanned: () => void; readonly onClose: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const minutes = text.trim() === '' ? undefined : Number(text);
  const wrong = minutes !== undefined && !(Number.isInteger(minutes) && minutes >= 0 && minutes <= LONGEST);
  return (
    <ReasonSheet
      draft="stall-scan"
      title={t('ops.stalls.scan')}
      text={t('ops.stalls.scanText')}
      busyTitle={t('ops.stalls.scanning')}
      wrong={wrong}
      work={async (reason) => {
        const { looked, found, cleared } = await post<{ looked: number; found: number; cleared: number }>(
          '/v1/ops/stall-scans',
          { reason, ...(minutes === undefined ? {} : { silentForMinutes: minutes }) },
        );
        tell(t('ops.stalls.scanned', { looked: number(looked), found: number(found), cleared: number(cleared) }));
        scanned();
      }}
      onClose={onClose}
    >
      <label className="field rate">
        <span>{t('ops.stalls.silentFor')}</span>
        <input
          name="silent-for"
          inputMode="numeric"
          dir="ltr"
          autoComplete="off"
          value={text}
          aria-invalid={wrong}
          aria-describedby="silent-for"
          onChange={(event) => setText(asNumber(event.target.value))}
        />
        <small id="silent-for" className={wrong ? 'field-error' : undefined}>
          {t('ops.stalls.silentForHint')}
        </small>
      </label>
    </ReasonSheet>
  );
}
