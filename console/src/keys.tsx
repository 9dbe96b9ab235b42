import { hasRole } from './session';
import { Sheet } from './ui/dialog';
import { useWords } from './words';

type Row = readonly [string[], string];

export function Keys({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  // Operators walk along incidents with the same keys; they claim nothing.
  const deciding: Row[] = hasRole('caseworker', 'supervisor', 'committee')
    ? [
        [['c'], t('keys.claim')],
        [['n'], t('keys.note')],
      ]
    : [];
  const rows: Row[] = [
    [['j', '↓'], t('keys.next')],
    [['k', '↑'], t('keys.previous')],
    [['Enter'], t('keys.open')],
    ...deciding,
    [['1', '2', '3', '4'], t('keys.tabs')],
    [['g'], t('keys.back')],
    [['l'], t('keys.language')],
    [['?'], t('keys.help')],
  ];
  return (
    <Sheet title={t('keys.title')} onClose={onClose}>
      <dl className="keys">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
