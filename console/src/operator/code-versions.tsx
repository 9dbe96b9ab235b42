import { useState } from 'react';
import { Button } from 'react-aria-components';
import { number, percent } from '../format';
import { named, useWords } from '../words';
import { since, type Versions } from './parts';
import { PromoteSheet, RampSheet, TakeBackSheet } from './version-sheets';

export function Count({ count, most }: { readonly count: number; readonly most: number }) {
  return (
    <>
      <span className="meter" style={{ inlineSize: `${(count / Math.max(1, most)) * 6}rem` }} aria-hidden="true" />{' '}
      {number(count)}
    </>
  );
}

/** What is done about a version; the panel shows the versions as they are after it. */
type Doing = { readonly how: 'promote' | 'ramp' | 'take-back'; readonly version: string };

/** The versions of the code with their open cases, and what can be done about each. */
export function CodePanel({
  deployment,
  unversioned,
  changed,
}: Versions & { readonly changed: (versions: Versions) => void }) {
  const { t } = useWords();
  const [doing, setDoing] = useState<Doing | undefined>();
  const close = (): void => setDoing(undefined);
  const versions = deployment?.versions ?? [];
  const most = Math.max(unversioned, ...versions.map(({ cases }) => cases));
  return (
    <section className="panel">
      <h2>{t('ops.versions.code')}</h2>
      {deployment === null && <p className="muted panel-text">{t('ops.versions.none')}</p>}
      {deployment?.ramping && (
        <p>
          {t('ops.versions.ramping', {
            share: percent(deployment.ramping.percent / 100),
            version: deployment.ramping.buildId,
          })}
        </p>
      )}
      <table className="numbers">
        <thead>
          <tr>
            <th scope="col">{t('ops.versions.version')}</th>
            <th scope="col">{t('ops.versions.state')}</th>
            <th scope="col">{t('ops.versions.since')}</th>
            <th scope="col">{t('ops.versions.open')}</th>
            {versions.length > 0 && <th scope="col">{t('ops.versions.act')}</th>}
          </tr>
        </thead>
        <tbody>
          {versions.map(({ buildId, state, since: from, cases }) => (
            <tr key={buildId}>
              <th scope="row">
                <bdi dir="ltr">{buildId}</bdi>
              </th>
              <td>
                {state === 'current' ? (
                  <b>{named('ops.versions.states', state)}</b>
                ) : (
                  named('ops.versions.states', state)
                )}
              </td>
              <td>{from ? since(from) : ''}</td>
              <td>
                <Count count={cases} most={most} />
              </td>
              <td className="version-acts">
                {state !== 'current' && (
                  <Button className="button small" onPress={() => setDoing({ how: 'promote', version: buildId })}>
                    {state === 'draining' || state === 'drained'
                      ? t('ops.versions.rollBack')
                      : t('ops.versions.promote')}
                  </Button>
                )}
                {state === 'ramping' ? (
                  <Button className="button small" onPress={() => setDoing({ how: 'take-back', version: buildId })}>
                    {t('ops.versions.takeBack')}
                  </Button>
                ) : (
                  state !== 'current' && (
                    <Button className="button small" onPress={() => setDoing({ how: 'ramp', version: buildId })}>
                      {t('ops.versions.ramp')}
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
          {(unversioned > 0 || versions.length === 0) && (
            <tr>
              <th scope="row">{t('ops.versions.unversioned')}</th>
              <td></td>
              <td></td>
              <td>
                <Count count={unversioned} most={most} />
              </td>
              {versions.length > 0 && <td></td>}
            </tr>
          )}
        </tbody>
      </table>
      {doing?.how === 'promote' && <PromoteSheet version={doing.version} changed={changed} onClose={close} />}
      {doing?.how === 'ramp' && <RampSheet version={doing.version} changed={changed} onClose={close} />}
      {doing?.how === 'take-back' && <TakeBackSheet version={doing.version} changed={changed} onClose={close} />}
    </section>
  );
}
