import { useEffect, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { titleOf, typeNamed } from '../case-types';
import type { Hearing } from '../api/hooks';
import { number, shortId } from '../format';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Live } from '../ui/live';
import { named, useWords } from '../words';
import { EVERYTHING, type Remedy } from './parts';
import { RunbookSheet } from './runbook';

export function useTitle(title: string): void {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  });
}

export function Head({
  title,
  live,
  children,
}: {
  readonly title: ReactNode;
  readonly live?: Hearing;
  readonly children?: ReactNode;
}) {
  return (
    <header className="page-head">
      <h1>{title}</h1>
      {live !== undefined && <Live hearing={live} />}
      {children && <div className="page-tools">{children}</div>}
    </header>
  );
}

/** A part of a page that is only opened when it is needed. */
export function Fold({
  id,
  title,
  text,
  open,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly open: boolean;
  readonly children: ReactNode;
}) {
  // Opened by what happens in the case, and closed only by hand.
  const [opened, setOpened] = useState(open);
  useEffect(() => {
    if (open) setOpened(true);
  }, [open]);
  return (
    <details className="panel" id={id} open={opened} onToggle={({ currentTarget }) => setOpened(currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
        <Icon name="back" />
      </summary>
      <p className="muted panel-text">{text}</p>
      {children}
    </details>
  );
}

export function CaseName({ id, type }: { readonly id: string; readonly type: string }) {
  const { said } = useWords();
  const known = typeNamed(type);
  return (
    <>
      <Link to={`/ops/cases/${id}`}>{known ? said(titleOf(known)) : type}</Link>{' '}
      <bdi className="number">{shortId(id)}</bdi>
    </>
  );
}

/** What was made outside, each kind once with its number. */
export function EffectKinds({ effects }: { readonly effects: readonly { readonly kind: string }[] }) {
  const { t } = useWords();
  const counts = [...Map.groupBy(effects, ({ kind }) => kind)];
  if (counts.length === 0) return <span className="muted">{t('ops.group.noEffects')}</span>;
  return (
    <span className="chips">
      {counts.map(([kind, all]) => (
        <span key={kind} className="chip">
          {named('ops.effectKinds', kind)}
          {all.length > 1 && ` ×${number(all.length)}`}
        </span>
      ))}
    </span>
  );
}

export function RemedyText({ remedy }: { readonly remedy: Remedy }) {
  const { t, said } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <p className="remedy">
      <b>{t('ops.incidents.remedy')}:</b> {said(remedy.text)}{' '}
      <Button className="button quiet small inline" onPress={() => setOpen(true)}>
        <Icon name="note" /> {t('ops.incidents.runbook')}
      </Button>
      {open && <RunbookSheet name={remedy.runbook} onClose={() => setOpen(false)} />}
    </p>
  );
}

/** What runs beside the cases and has no page. */
const BESIDE = /^blk_|\//;

/** A finding is about a case, a retry, something else that runs, or everything. */
export function About({ id }: { readonly id: string }) {
  const { t } = useWords();
  if (id === EVERYTHING) return <span className="chip">{t('ops.stalls.everything')}</span>;
  if (BESIDE.test(id)) return <bdi className="number">{id}</bdi>;
  return (
    <Link to={id.startsWith('op_') ? `/ops/retries/${id}` : `/ops/cases/${id}`}>
      <bdi className="number">{shortId(id)}</bdi>
    </Link>
  );
}
