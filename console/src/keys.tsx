import { Sheet } from './ui/dialog';
import { useWords } from './words';

export function Keys({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const rows: [string[], string][] = [
    [['j', '↓'], t('keys.next')],
    [['k', '↑'], t('keys.previous')],
    [['Enter'], t('keys.open')],
    [['c'], t('keys.claim')],
    [['1', '2', '3', '4'], t('keys.tabs')],
    [['n'], t('keys.note')],
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
