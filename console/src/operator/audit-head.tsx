import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button } from 'react-aria-components';
import { Refused, send, Unreachable, type Schemas } from '../api/client';
import { number } from '../format';
import { Icon } from '../ui/icon';
import { whyNot } from '../ui/state';
import { named, useWords } from '../words';

type Line = Schemas['HeadChecked'];

/** Tells of each line as it comes; answers the last one, undefined where there was none. */
async function linesOf(response: Response, tell: (line: Line) => void): Promise<Line | undefined> {
  let [last, rest]: [Line | undefined, string] = [undefined, ''];
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      last = JSON.parse(line) as Line;
      tell(last);
    }
  }
  return last;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function FileField({
  id,
  label,
  accept,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly accept: string;
  readonly onChange: (file: File | undefined) => void;
}) {
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <input id={id} type="file" accept={accept} onChange={({ target }) => onChange(target.files?.[0])} />
    </label>
  );
}

/** Holds the log against a signed head that was exported before and kept elsewhere. */
export function HeadPanel() {
  const { t } = useWords();
  const [head, setHead] = useState<File | undefined>();
  const [key, setKey] = useState<File | undefined>();
  const [line, setLine] = useState<Line | undefined>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const abort = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const check = async (headFile: File, keyFile: File): Promise<string | undefined> => {
    const signed = parsed(await headFile.text());
    if (signed === undefined) return t('ops.audit.notJson');
    const publicKey = await keyFile.text();
    // A private key that was chosen by mistake stays where it is.
    if (!publicKey.includes('-----BEGIN PUBLIC KEY-----')) return t('ops.audit.notKey');
    const { signal } = (abort.current = new AbortController());
    try {
      const response = await send('/v1/ops/head-checks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ head: signed, publicKey }),
        signal,
      });
      const last = await linesOf(response, setLine);
      return last?.verdict ? undefined : t('ops.audit.brokeOff');
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof Unreachable) return t('ops.audit.cutOff');
      if (error instanceof Refused && error.status === 422)
        return error.problem?.errors?.some(({ path }) => path === '/publicKey')
          ? t('ops.audit.notKey')
          : t('ops.audit.notJson');
      // What came in the middle of an answer is no refusal: the answer has no end.
      return error instanceof TypeError ? t('ops.audit.brokeOff') : whyNot(error, t('act.failed'));
    }
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setLine(undefined);
    setTrouble(undefined);
    if (!head || !key) return setTrouble(t('ops.audit.missing'));
    setBusy(true);
    setTrouble(await check(head, key));
    setBusy(false);
  };

  const verdict = line?.verdict ?? undefined;
  return (
    <section className="panel">
      <h2>{t('ops.audit.signed')}</h2>
      <p className="muted panel-text">{t('ops.audit.signedText')}</p>
      <form className="action-form head-check" onSubmit={(event) => void submit(event)}>
        <FileField id="head-file" label={t('ops.audit.headFile')} accept=".json,application/json" onChange={setHead} />
        <FileField id="key-file" label={t('ops.audit.keyFile')} accept=".pub,.pem" onChange={setKey} />
        <Button type="submit" className="button" isDisabled={busy}>
          {t('ops.audit.check')}
        </Button>
      </form>
      {busy && <p aria-busy="true">{t('ops.audit.checking', { n: number(line?.events ?? 0) })}</p>}
      {trouble !== undefined && (
        <p className="conflict" role="alert">
          {trouble}
        </p>
      )}
      {verdict && (
        <p className={verdict === 'whole' ? 'verdict-line good' : 'verdict-line bad'} role="status">
          <Icon name={verdict === 'whole' ? 'check' : 'alert'} /> {named('ops.audit.verdicts', verdict)}
        </p>
      )}
    </section>
  );
}
