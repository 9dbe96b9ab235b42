import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { IDENTITY_NUMBER, WHOLE_ID } from '../case-number';
import { caseTypes, titleOf, typeNamed } from '../case-types';
import { usePages, useNow } from '../api/hooks';
import { asNumber } from '../format';
import { OfficeChoice, officeNamed } from '../offices';
import { go, setQueries, setQuery, usePlace } from '../router';
import { session } from '../session';
import { Choice } from '../ui/choice';
import { useRowKeys } from '../ui/row-keys';
import { Empty, Shown } from '../ui/state';
import { useWords } from '../words';
import { More } from './more';
import { CaseRows } from './rows';

const FIRST = 50;
const LATER = 200;
const SORTS = ['newest', 'oldest', 'waitingUntil'] as const;
const SHORTEST = 4;
const NUMBER = /^[A-Z0-9-]+$/;
/** What comes along with a number that is copied or dictated: spaces, and marks of direction, which nobody sees. */
const BESIDE = /[\s\u200e\u200f\u2066-\u2069]/g;

/** Every case there is, by its number or by filters. */
export function FindPage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const now = useNow();
  const number = query.get('number') ?? '';
  const [text, setText] = useState(number);
  const [wrong, setWrong] = useState<'find.tooShort' | 'find.notAPerson' | undefined>();
  const list = useRef<HTMLDivElement>(null);
  const type = typeNamed(query.get('type'));
  const office = officeNamed(query.get('office'));
  const sort = SORTS.find((each) => each === query.get('sort')) ?? 'newest';
  const open = query.get('open') === 'true';
  const page = usePages(`find/${query}`, (cursor, signal) =>
    get('/v1/cases', {
      query: {
        sort,
        limit: String(cursor === undefined ? FIRST : LATER),
        ...(number ? { number } : {}),
        ...(type ? { type } : {}),
        ...(office ? { office } : {}),
        ...(open ? { open: 'true' } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      },
      signal,
    }),
  );
  useRowKeys(list, page.data !== undefined);
  useEffect(() => {
    document.title = `${t('find.title')} · ${t('app.name')}`;
  });
  useEffect(() => setText(number), [number]);
  // A number that is one case's leads to it, once.
  const sought = useRef(false);
  const only = page.data?.next === null && page.data.items.length === 1 ? page.data.items[0]?.id : undefined;
  useEffect(() => {
    if (!sought.current || page.data === undefined) return;
    sought.current = false;
    if (only !== undefined) go(`/cases/${only}`);
  }, [page.data, only]);

  const find = (event: FormEvent): void => {
    event.preventDefault();
    const typed = asNumber(text.replace(BESIDE, ''));
    setWrong(undefined);
    if (typed === '') return setQuery('number', undefined);
    if (IDENTITY_NUMBER.test(typed)) return setWrong('find.notAPerson');
    if (WHOLE_ID.test(typed)) return go(`/cases/${typed.toLowerCase()}`);
    const wanted = typed.toUpperCase();
    if (wanted.length < SHORTEST || !NUMBER.test(wanted)) return setWrong('find.tooShort');
    sought.current = true;
    // What else was narrowed by would hide the very case.
    setQueries({ number: wanted, type: undefined, office: undefined, open: undefined });
    if (wanted === number && only !== undefined) go(`/cases/${only}`);
  };
  return (
    <div className="page queue">
      <header className="page-head">
        <h1>{t('find.title')}</h1>
        <div className="page-tools">
          <form className="find" role="search" onSubmit={find}>
            <input
              aria-label={t('find.search')}
              aria-describedby="find-wrong"
              aria-invalid={wrong !== undefined}
              placeholder={t('find.search')}
              dir="ltr"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={80}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" className="button">
              {t('find.go')}
            </Button>
          </form>
        </div>
      </header>
      <p id="find-wrong" className="stale" role="status" hidden={wrong === undefined}>
        {wrong && t(wrong)}
      </p>
      <div className="filters">
        <Choice
          label={t('queue.type')}
          value={type ?? ''}
          onChange={(next) => setQuery('type', next)}
          options={[
            { value: '', label: t('find.any') },
            ...caseTypes.map((each) => ({ value: each, label: said(titleOf(each)) })),
          ]}
        />
        <OfficeChoice value={office} onChange={(next) => setQuery('office', next)} />
        <Choice
          label={t('find.sort')}
          value={sort}
          onChange={(next) => setQuery('sort', next)}
          options={SORTS.map((each) => ({ value: each, label: t(`find.${each}`) }))}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={open}
            onChange={(event) => setQuery('open', event.target.checked ? 'true' : '')}
          />{' '}
          {t('find.open')}
        </label>
        {number !== '' && (
          <Button className="button small" onPress={() => setQuery('number', undefined)}>
            <bdi>{number}</bdi> {t('find.all')}
          </Button>
        )}
      </div>
      <div ref={list} className="list" aria-busy={page.loading}>
        <Shown loaded={page} rows={10} label={t('queue.loading')}>
          {({ items, next }) =>
            items.length > 0 ? (
              <>
                <CaseRows items={items} now={now} me={session()?.staff.id} />
                <More shown={items.length} next={next} loading={page.loading} onMore={page.more} />
              </>
            ) : (
              <Empty title={number === '' ? t('state.notFound') : t('find.none', { number })} />
            )
          }
        </Shown>
      </div>
    </div>
  );
}
