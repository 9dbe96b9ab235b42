import { useState } from 'react';
import { Button } from 'react-aria-components';
import { file, isUnanswered, Refused, Unreachable, type Case, type FamilyEvidence } from '../api/client';
import { useKept } from '../api/hooks';
import { titleOf } from '../case-types';
import { shortId } from '../format';
import { go } from '../router';
import { ActionForm } from '../ui/action-form';
import { DayField } from '../ui/date-picker';
import { Clear } from '../ui/clear';
import { Sheet } from '../ui/dialog';
import { Link } from '../ui/link';
import { Room } from '../ui/room';
import { whyNot } from '../ui/state';
import { tell } from '../ui/toast';
import { named, said, useWords } from '../words';
import { FieldInput } from './action-fields';
import {
  AMENDMENT,
  asItStands,
  correctableOf,
  corrections,
  fieldNamed,
  longest,
  shortest,
  type Wanted,
} from './amend-form';
import { ONE_AT_A_TIME, openAmendmentOf, type OpenAmendment } from './open-amendment';

interface Draft {
  readonly applicant: string;
  readonly what: string;
  readonly why: string;
  readonly wanted: Wanted;
}
const EMPTY: Draft = { applicant: '', what: '', why: '', wanted: {} };

/** What the API says of it, field by field where it does. */
function problemWords(error: unknown, fallback: string): string {
  const fields = error instanceof Refused ? (error.problem?.errors ?? []) : [];
  const each = fields.map(({ path, message }) => `${named('act', path.split('/').at(-1) ?? '')}: ${said(message)}`);
  return [whyNot(error, fallback), ...each].join(' · ');
}

/** Asks for what is to stand instead, and why; the case that comes of it waits for another supervisor. */
export function AmendSheet({
  view,
  family,
  onClose,
}: {
  readonly view: Case;
  readonly family: FamilyEvidence;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [draft, setDraft] = useKept<Draft>(`amend/${view.id}`, EMPTY);
  // The same until it was answered, after a reload too: what was sent twice is filed once.
  const [unanswered, setUnanswered] = useKept(`amend/${view.id}/sent`, '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const [open, setOpen] = useState<OpenAmendment | undefined>();

  const { applicant, what, why } = draft;
  const wanted = { ...asItStands(family), ...draft.wanted };
  const correcting = what === 'correction';
  const instead = correcting ? corrections(family, wanted) : {};
  const nothing = correcting && Object.keys(instead).length === 0;
  const tooShort = why.trim().length < shortest;
  const fill = (change: Partial<Draft>): void => {
    setUnanswered('');
    setDraft({ ...draft, ...change });
  };
  const want = (name: string) => (value: string | readonly string[]) =>
    fill({ wanted: { ...draft.wanted, [name]: String(value) } });
  const options = (name: string) =>
    fieldNamed(name).enum?.map((value) => ({ value, label: named('act.fields', value) }));

  const submit = async (): Promise<void> => {
    setTried(true);
    if (applicant.trim() === '' || what === '' || nothing || tooShort || busy) return;
    setBusy(true);
    setTrouble(undefined);
    setOpen(undefined);
    const key = unanswered === '' ? crypto.randomUUID() : unanswered;
    setUnanswered(key);
    try {
      const application = { case: view.id, what, ...instead, why: why.trim(), office: view.office };
      const filed = await file({ type: AMENDMENT, applicant: { identityNumber: applicant.trim() }, application }, key);
      setUnanswered('');
      if (filed.refusedBy) {
        if (filed.refusedBy.some(({ rule }) => rule === ONE_AT_A_TIME)) setOpen(await openAmendmentOf(view.id));
        setTrouble(filed.refusedBy.map(({ text }) => said(text)).join(' · '));
        setBusy(false);
        return;
      }
      setDraft(EMPTY);
      onClose();
      tell(t('amend.asked'));
      go(`/cases/${filed.id}`);
    } catch (error) {
      setBusy(false);
      if (!isUnanswered(error)) setUnanswered('');
      setTrouble(error instanceof Unreachable ? t('act.offline') : problemWords(error, t('act.failed')));
    }
  };

  return (
    <Sheet title={t('amend.title')} onClose={onClose}>
      <ActionForm trouble={trouble} submit={submit}>
        <p className="muted">{t('amend.text')}</p>
        <FieldInput
          name="what"
          field={fieldNamed('what')}
          options={options('what')}
          value={what}
          missing={tried && what === ''}
          onChange={(value) => fill({ what: String(value) })}
        />
        <FieldInput
          name="applicant"
          field={{ type: 'string' }}
          options={undefined}
          value={applicant}
          missing={tried && applicant.trim() === ''}
          onChange={(value) => fill({ applicant: String(value) })}
        />
        {correcting && (
          <div className="amend-fields" role="group" aria-label={t('amend.instead')}>
            <h3 className="small-head">{t('amend.instead')}</h3>
            <DayField label={t('amend.on')} value={wanted['on'] ?? family.on} onChange={want('on')} />
            {correctableOf(family).map((name) => (
              <FieldInput
                key={name}
                name={name}
                field={fieldNamed(name)}
                options={options(name)}
                value={wanted[name]}
                onChange={want(name)}
              />
            ))}
            {tried && nothing && (
              <p className="field-error" role="alert">
                {t('amend.nothing')}
              </p>
            )}
          </div>
        )}
        <label className="field">
          <span>{t('act.reason')}</span>
          <textarea
            dir="auto"
            rows={4}
            maxLength={longest}
            value={why}
            aria-invalid={tried && tooShort}
            aria-describedby="amend-why"
            onChange={(event) => fill({ why: event.target.value })}
          />
          <small id="amend-why" className={tried && tooShort ? 'field-error' : undefined}>
            {t('amend.why', { n: shortest })}
          </small>
          <Room text={why} most={longest} />
        </label>
        {trouble !== undefined && (
          <p className="conflict" role="alert">
            {open?.own ? t('amend.own') : trouble}
            {open && (
              <>
                {' '}
                <Link to={`/cases/${open.id}`}>
                  {said(titleOf(AMENDMENT))} <bdi>{shortId(open.id)}</bdi>
                </Link>
              </>
            )}
          </p>
        )}
        <footer className="dialog-foot">
          <Clear when={draft !== EMPTY && !busy} onClear={() => fill(EMPTY)} />
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className="button primary" isDisabled={busy}>
            {busy ? t('act.trying') : t('amend.ask')}
          </Button>
        </footer>
      </ActionForm>
    </Sheet>
  );
}
