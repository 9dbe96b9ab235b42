import type { ReactNode } from 'react';
import { shortId } from '../format';
import { useWords } from '../words';

/** A table of cases of which several can be chosen: a row each, which `children` fills after the box that chooses it. */
export function PickTable<Item>({
  items,
  idOf,
  columns,
  chosen,
  onChoose,
  className = '',
  rowClass,
  children,
}: {
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly columns: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (next: ReadonlySet<string>) => void;
  readonly className?: string;
  readonly rowClass?: (item: Item) => string | undefined;
  readonly children: (item: Item) => ReactNode;
}) {
  const { t } = useWords();
  const ids = items.map(idOf);
  const all = ids.every((id) => chosen.has(id));
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <table className={`pick ${className}`.trim()}>
      <thead>
        <tr>
          <th scope="col">
            <input
              type="checkbox"
              aria-label={t('team.selectAll')}
              checked={all}
              onChange={() => onChoose(all ? new Set() : new Set(ids))}
            />
          </th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const id = idOf(item);
          return (
            <tr key={id} className={rowClass?.(item)} aria-selected={chosen.has(id)}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`${t('team.select')} ${shortId(id)}`}
                  checked={chosen.has(id)}
                  onChange={() => toggle(id)}
                />
              </td>
              {children(item)}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
