import { Button } from 'react-aria-components';
import type { Case, FamilyEvidence } from '../api/client';
import { useKept } from '../api/hooks';
import { hasRole } from '../session';
import { useWords } from '../words';
import { AmendSheet } from './amend-sheet';

/** A registered entry is corrected or revoked by a case of its own, which a supervisor asks for and another confirms. */
export function AmendEntry({ view, family }: { readonly view: Case; readonly family: FamilyEvidence | undefined }) {
  const { t } = useWords();
  const [open, setOpen] = useKept(`amend-open/${view.id}`, false);
  const registered = view.closedAt !== undefined && family?.entry;
  if (!family || !registered || !hasRole('supervisor')) return null;
  return (
    <section className="actions" aria-label={t('amend.title')}>
      <div className="actions-row">
        <Button className="button" onPress={() => setOpen(true)}>
          {t('amend.title')}
        </Button>
      </div>
      {open && <AmendSheet view={view} family={family} onClose={() => setOpen(false)} />}
    </section>
  );
}
