export interface BarRow {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly more?: string;
}

/** Horizontal bars that are a table all along: read by eye and by a screen reader alike, each number at the end of its bar. */
export function Bars({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly columns: readonly [string, string];
  readonly rows: readonly BarRow[];
}) {
  const most = Math.max(1e-9, ...rows.map(({ value }) => value));
  return (
    <table className="bars">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns[0]}</th>
          <th scope="col">{columns[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, value, text, more }) => (
          <tr key={label}>
            <th scope="row">
              {label}
              {more && <small>{more}</small>}
            </th>
            <td>
              <span className="bar-line">
                {value > 0 && (
                  <span
                    className="bar-fill"
                    aria-hidden="true"
                    style={{ inlineSize: `calc((100% - 7.5rem) * ${value / most})` }}
                  />
                )}
                <span className="bar-value">{value > 0 ? text : '–'}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
