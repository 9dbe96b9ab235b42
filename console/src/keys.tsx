import { usePreferences } from './preferences';
import { hasRole } from './session';
import { Sheet } from './ui/dialog';
import { KeyCap } from './ui/key-cap';
import { isLetter } from './ui/key-names';
import { useWords } from './words';

type Row = readonly [string[], string];

export function Keys({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const off = usePreferences().letterKeys === 'off';
  // Operators and the committee walk along their lists with the same keys; the next case is claimed by caseworkers and supervisors.
  const claims = hasRole('caseworker', 'supervisor');
  const claiming: Row[] = claims ? [[['c'], t('keys.claim')]] : [];
  const goingOn: Row[] = claims ? [[['Ctrl Shift Enter'], t('keys.sendAndNext')]] : [];
  const deciding: Row[] = hasRole('caseworker', 'supervisor', 'committee', 'operator')
    ? [
        [['1', '2', '3', '4'], t('keys.actions')],
        [['n'], t('keys.note')],
      ]
    : [];
  const rows: Row[] = [
    [['j', '↓'], t('keys.next')],
    [['k', '↑'], t('keys.previous')],
    [['Enter'], t('keys.open')],
    ...claiming,
    ...deciding,
    [['1', '2', '3', '4'], t('keys.tabs')],
    [['Ctrl Enter'], t('keys.send')],
    ...goingOn,
    [['g'], t('keys.back')],
    [['l'], t('keys.language')],
    [['?'], t('keys.help')],
  ];
  const shown = off ? rows.filter(([keys]) => keys.some((key) => !isLetter(key))) : rows;
  return (
    <Sheet title={t('keys.title')} onClose={onClose}>
      {off && <p className="muted">{t('keys.lettersOff')}</p>}
      <dl className="keys">
        {shown.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <KeyCap key={key} name={key} />
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
