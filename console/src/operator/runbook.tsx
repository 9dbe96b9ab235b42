import type { ReactNode } from 'react';
import { useLoad } from '../api/hooks';
import { usePreferences, type Language } from '../preferences';
import { Sheet } from '../ui/dialog';
import { Empty, Failed, Skeleton } from '../ui/state';
import { useWords } from '../words';

const pages = import.meta.glob<string>('../../../docs/runbooks/*.md', { query: '?raw', import: 'default' });
const arabic = import.meta.glob<string>('../../../docs/runbooks/ar/*.md', { query: '?raw', import: 'default' });
const pageOf = (name: string, language: Language) =>
  language === 'ar' ? arabic[`../../../docs/runbooks/ar/${name}.md`] : pages[`../../../docs/runbooks/${name}.md`];

/** Bold, code and the text of links; the rest as it stands. */
function inline(text: string): ReactNode[] {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .map((part, n) =>
      part.startsWith('**') ? (
        <b key={n}>{part.slice(2, -2)}</b>
      ) : part.startsWith('`') ? (
        <code key={n} dir="ltr">
          {part.slice(1, -1)}
        </code>
      ) : (
        part
      ),
    );
}

type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: string[] };

/** As much of Markdown as the runbooks use. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let code: string[] | undefined;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) {
      if (code) blocks.push({ kind: 'code', text: code.join('\n') });
      code = code ? undefined : [];
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const item = /^\s*(?:(\d+)\.|[-*])\s+(.*)$/.exec(line);
    const last = blocks.at(-1);
    if (item) {
      if (last?.kind === 'list') last.items.push(item[2] ?? '');
      else blocks.push({ kind: 'list', ordered: item[1] !== undefined, items: [item[2] ?? ''] });
    } else if (line.startsWith('#')) blocks.push({ kind: 'heading', text: line.replace(/^#+\s*/, '') });
    else if (line.trim() !== '') blocks.push({ kind: 'text', text: line });
  }
  return blocks;
}

function Page({ markdown, language }: { readonly markdown: string; readonly language: Language }) {
  // The first heading is the title of the sheet.
  const blocks = blocksOf(markdown);
  return (
    <div className="runbook" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      {blocks.map((block, n) => {
        if (block.kind === 'heading') return <h3 key={n}>{block.text}</h3>;
        if (block.kind === 'code')
          return (
            <pre key={n} tabIndex={0} dir="ltr">
              {block.text}
            </pre>
          );
        if (block.kind === 'text') return <p key={n}>{inline(block.text)}</p>;
        const items = block.items.map((text) => <li key={text}>{inline(text)}</li>);
        return block.ordered ? <ol key={n}>{items}</ol> : <ul key={n}>{items}</ul>;
      })}
    </div>
  );
}

/** The page in docs/runbooks, as it was when the console was built. */
export function RunbookSheet({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const page = useLoad(`runbook/${language}/${name}`, async () => (await pageOf(name, language)?.()) ?? null);
  return (
    <Sheet title={t('ops.runbook.title')} wide onClose={onClose}>
      {page.data === undefined ? (
        page.error === undefined ? (
          <Skeleton rows={6} />
        ) : (
          <Failed error={page.error} again={page.reload} />
        )
      ) : page.data === null ? (
        <Empty title={t('ops.runbook.gone')} />
      ) : (
        <Page markdown={page.data} language={language} />
      )}
    </Sheet>
  );
}
