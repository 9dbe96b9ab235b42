import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useLoad } from '../api/hooks';
import { number } from '../format';
import { Icon } from '../ui/icon';
import { Shown } from '../ui/state';
import { named, useWords } from '../words';
import type { Finding } from './parts';
import { Head, useTitle } from './pieces';

const WORST_FIRST = ['wrong', 'warning', 'well'] as const satisfies readonly Finding['state'][];
const ICONS = { wrong: 'alert', warning: 'clock', well: 'check' } as const;

function Verdict({ items }: { readonly items: readonly Finding[] }) {
  const { t } = useWords();
  const count = (state: Finding['state']): number => items.filter((each) => each.state === state).length;
  const [wrong, warnings] = [count('wrong'), count('warning')];
  const texts = [
    ...(wrong > 0 ? [t('ops.doctor.wrong', { n: number(wrong) })] : []),
    ...(warnings > 0 ? [t('ops.doctor.warnings', { n: number(warnings) })] : []),
  ];
  return (
    <p className={wrong > 0 ? 'verdict-line bad' : 'verdict-line good'} role="status">
      <Icon name={wrong > 0 ? 'alert' : 'check'} /> {texts.join(' · ') || t('ops.doctor.allWell')}
    </p>
  );
}

/** Whether everything that cases rest on is well, the worst first. */
export function DoctorPage() {
  const { t, said } = useWords();
  const doctor = useLoad('doctor', (signal) => get('/v1/ops/doctor', { signal }));
  useTitle(t('ops.tabs.doctor'));
  return (
    <>
      <Head title={t('ops.tabs.doctor')}>
        <Button className="button" onPress={doctor.reload} isDisabled={doctor.loading}>
          {t('ops.doctor.again')}
        </Button>
      </Head>
      <p className="muted panel-text">{t('ops.doctor.text')}</p>
      <div aria-busy={doctor.loading}>
        <Shown loaded={doctor} rows={8}>
          {({ items }) => (
            <>
              <Verdict items={items} />
              <ul className="findings" aria-label={t('ops.doctor.list')}>
                {WORST_FIRST.flatMap((state) => items.filter((each) => each.state === state)).map((finding) => (
                  <li key={finding.check} className={`finding ${finding.state}`}>
                    <Icon name={ICONS[finding.state]} />
                    <h2>{said(finding.title)}</h2>
                    <p>{said(finding.says)}</p>
                    <span className="finding-state">{named('ops.doctor.states', finding.state)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Shown>
      </div>
    </>
  );
}
