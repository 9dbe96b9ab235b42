import { useState } from 'react';
import { asNumber, percent } from '../format';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { post, type Versions } from './parts';
import { ReasonSheet } from './reason-sheet';

interface About {
  readonly version: string;
  readonly changed: (versions: Versions) => void;
  readonly onClose: () => void;
}

export function PromoteSheet({ version, changed, onClose }: About) {
  const { t } = useWords();
  return (
    <ReasonSheet
      draft={`promote/${version}`}
      title={t('ops.versions.promoteTitle', { version })}
      text={t('ops.versions.promoteText')}
      submit={t('ops.versions.promote')}
      busyTitle={t('ops.versions.promoting')}
      grave
      work={async (reason) => {
        changed(await post<Versions>('/v1/ops/promotions', { version, reason }));
        tell(t('ops.versions.promoted', { version }));
      }}
      onClose={onClose}
    />
  );
}

export function RampSheet({ version, changed, onClose }: About) {
  const { t } = useWords();
  const [text, setText] = useState('5');
  const share = text.trim() === '' ? Number.NaN : Number(text);
  const wrong = !(share > 0 && share <= 100);
  return (
    <ReasonSheet
      draft={`ramp/${version}`}
      title={t('ops.versions.rampTitle', { version })}
      text={t('ops.versions.rampText')}
      submit={t('ops.versions.ramp')}
      busyTitle={t('ops.versions.promoting')}
      wrong={wrong}
      work={async (reason) => {
        changed(await post<Versions>('/v1/ops/ramps', { version, percent: share, reason }));
        tell(t('ops.versions.ramped', { share: percent(share / 100), version }));
      }}
      onClose={onClose}
    >
      <label className="field rate">
        <span>{t('ops.versions.rampShare')}</span>
        <input
          name="percent"
          inputMode="decimal"
          dir="ltr"
          autoComplete="off"
          value={text}
          aria-invalid={wrong}
          aria-describedby="ramp-share"
          onChange={(event) => setText(asNumber(event.target.value))}
        />
        <small id="ramp-share" className={wrong ? 'field-error' : undefined}>
          {t('ops.versions.rampWrong')}
        </small>
      </label>
    </ReasonSheet>
  );
}

export function TakeBackSheet({ version, changed, onClose }: About) {
  const { t } = useWords();
  return (
    <ReasonSheet
      draft={`take-back/${version}`}
      title={t('ops.versions.takeBack')}
      text={t('ops.versions.takeBackText')}
      work={async (reason) => {
        changed(await post<Versions>('/v1/ops/ramps', { version, percent: 0, reason }));
        tell(t('ops.versions.takenBack', { version }));
      }}
      onClose={onClose}
    />
  );
}
