import { useEffect, useState, type FormEvent } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { caseTypes, titleOf, typeNamed } from '../case-types';
import { useLoad, useNow } from '../api/hooks';
import { go, setQuery, usePlace } from '../router';
import { session } from '../session';
import { Choice } from '../ui/choice';
import { Empty, Failed, Skeleton } from '../ui/state';
import { useWords } from '../words';
import { CaseRows } from './rows';

const PAGE = 50;
const SORTS = ['newest', 'oldest', 'waitingUntil'] as const;
const OFFICES = ['riyadh-1', 'jeddah-1', 'dammam-1'] as const;

/** Every case there is, by its number or by filters. */
export function FindPage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const now = useNow();
  const [text, setText] = useState('');
  const type = typeNamed(query.get('type'));
  const office = OFFICES.find((each) => each === query.get('office'));
  const sort = SORTS.find((each) => each === query.get('sort')) ?? 'newest';
  const open = query.get('open') === 'true';
  const cursor = query.get('cursor') ?? '';
  const page = useLoad(`find/${query}`, (signal) =>
    get('/v1/cases', {
      query: {
        sort,
        limit: String(PAGE),
        ...(type ? { type } : {}),
        ...(office ? { office } : {}),
        ...(open ? { open: 'true' } : {}),
        ...(cursor ? { cursor } : {}),
      },
      signal,
    }),
  );
  useEffect(() => {
    document.title = `${t('find.title')} · ${t('app.name')}`;
  });
  const change = (name: string, value: string): void => {
    setQuery('cursor', undefined);
    setQuery(name, value);
  };
  const find = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') go(`/cases/${encodeURIComponent(text.trim())}`);
  };
  return (
    <div className="page queue">
      <header className="page-head">
        <h1>{t('find.title')}</h1>
        <div className="page-tools">
          <form className="find" role="search" onSubmit={find}>
            <input
              aria-label={t('find.search')}
              placeholder={t('find.search')}
              dir="ltr"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" className="button">
              {t('find.go')}
            </Button>
          </form>
        </div>
      </header>
      <div className="filters">
        <Choice
          label={t('queue.type')}
          value={type ?? ''}
          onChange={(next) => change('type', next)}
          options={[
            { value: '', label: t('find.any') },
            ...caseTypes.map((each) => ({ value: each, label: said(titleOf(each)) })),
          ]}
        />
        <Choice
          label={t('queue.office_')}
          value={office ?? ''}
          onChange={(next) => change('office', next)}
          options={[
            { value: '', label: t('find.any') },
            ...OFFICES.map((each) => ({ value: each, label: t(`offices.${each}`) })),
          ]}
        />
        <Choice
          label={t('find.sort')}
          value={sort}
          onChange={(next) => change('sort', next)}
          options={SORTS.map((each) => ({ value: each, label: t(`find.${each}`) }))}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={open}
            onChange={(event) => change('open', event.target.checked ? 'true' : '')}
          />{' '}
          {t('find.open')}
        </label>
      </div>
      <div className="list" aria-busy={page.loading}>
        {page.data ? (
          page.data.items.length > 0 ? (
            <CaseRows items={page.data.items} now={now} me={session()?.staff.id} />
          ) : (
            <Empty title={t('state.notFound')} />
          )
        ) : page.error === undefined ? (
          <Skeleton rows={10} label={t('queue.loading')} />
        ) : (
          <Failed error={page.error} again={page.reload} />
        )}
        {page.data?.next && (
          <Button className="button more" onPress={() => setQuery('cursor', page.data?.next ?? undefined)}>
            {t('queue.more')}
          </Button>
        )}
      </div>
    </div>
  );
}
