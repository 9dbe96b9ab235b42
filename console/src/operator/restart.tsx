import { useState } from 'react';
import { Button } from 'react-aria-components';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { post } from './parts';
import { ReasonSheet } from './reason-sheet';

/** Ends the run of a case and begins another one from its log: what the watch sends to for a run that does not answer. */
export function Restart({ id, done }: { readonly id: string; readonly done: () => void }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button className="button" onPress={() => setAsking(true)}>
        {t('ops.why.restart')}
      </Button>
      {asking && (
        <ReasonSheet
          draft={`restart/${id}`}
          title={t('ops.why.restart')}
          text={t('ops.why.restartText')}
          busyTitle={t('ops.why.restarting')}
          grave
          work={async (reason) => {
            await post(`/v1/ops/cases/${id}/restart`, { reason });
            tell(t('ops.why.restarted'));
            done();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
